import { Presets, SingleBar } from "cli-progress";
import { tell } from "../tell.ts";
import { counted } from "./counted.ts";

interface ProgressCounts {
  /** Requests that have ended, one way or the other. */
  readonly ended: number;
  readonly contacts: number;
  readonly deadLetters: number;
  readonly throttled: number;
}

/** Shows on standard error how far a run is. */
export interface Progress {
  show(counts: ProgressCounts): void;
  end(): void;
}

const LINE_EVERY_MS = 1_000;

/** A bar on a terminal, else a line from time to time. */
export const startProgress = (total: number): Progress => (process.stderr.isTTY ? startBar(total) : startLines(total));

const inWords = ({ contacts, deadLetters, throttled }: Omit<ProgressCounts, "ended">): string =>
  `${counted(contacts, "contact")}, ${counted(deadLetters, "dead letter")}, ${throttled} throttled`;

function startBar(total: number): Progress {
  const bar = new SingleBar(
    {
      format: "{bar} {value}/{total} | {counts} | {duration} s",
      hideCursor: true,
      gracefulExit: false,
      emptyOnZero: true,
    },
    Presets.shades_classic,
  );
  bar.start(total, 0, { counts: inWords({ contacts: 0, deadLetters: 0, throttled: 0 }) });
  return {
    show: ({ ended, ...counts }) => bar.update(ended, { counts: inWords(counts) }),
    end: () => bar.stop(),
  };
}

function startLines(total: number): Progress {
  const startedAt = performance.now();
  let nextAt = startedAt;
  let shown = -1;
  const show = ({ ended, ...counts }: ProgressCounts) => {
    const now = performance.now();
    if (ended === shown || (now < nextAt && ended < total)) return;
    shown = ended;
    nextAt = now + LINE_EVERY_MS;
    const seconds = ((now - startedAt) / 1000).toFixed(0).padStart(3);
    tell(`${seconds} s: ${ended} of ${total} done, ${inWords(counts)}`);
  };
  return { show, end: () => undefined };
}
