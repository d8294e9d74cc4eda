import { Presets, SingleBar } from "cli-progress";
import { tell } from "../tell.ts";

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

function startBar(total: number): Progress {
  const bar = new SingleBar(
    {
      format:
        "{bar} {value}/{total} | {contacts} contacts, {deadLetters} dead letters, {throttled} throttled | {duration} s",
      hideCursor: true,
      gracefulExit: false,
      emptyOnZero: true,
    },
    Presets.shades_classic,
  );
  bar.start(total, 0, { contacts: 0, deadLetters: 0, throttled: 0 });
  return {
    show: ({ ended, ...counts }) => bar.update(ended, counts),
    end: () => bar.stop(),
  };
}

function startLines(total: number): Progress {
  const startedAt = performance.now();
  let nextAt = startedAt;
  let shown = -1;
  const show = ({ ended, contacts, deadLetters, throttled }: ProgressCounts) => {
    const now = performance.now();
    if (ended === shown || (now < nextAt && ended < total)) return;
    shown = ended;
    nextAt = now + LINE_EVERY_MS;
    const seconds = ((now - startedAt) / 1000).toFixed(0).padStart(3);
    tell(
      `${seconds} s: ${ended} of ${total} done, ${contacts} contacts, ${deadLetters} dead letters, ${throttled} throttled`,
    );
  };
  return { show, end: () => undefined };
}
