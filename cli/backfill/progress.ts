import { Presets, SingleBar } from "cli-progress";
import { tell } from "../tell.ts";

/** Shows on standard error how far something is. */
export interface Progress {
  /** `words` is called only when it is shown. */
  show(done: number, words: () => string): void;
  end(): void;
}

interface ProgressOptions {
  /** What is done when all is done. */
  readonly total: number;
  /** What is under way, as in `reading`. */
  readonly title: string;
}

const BAR_EVERY_MS = 100;
const LINE_EVERY_MS = 5_000;

/** A bar on a terminal, else a line from time to time. */
export const startProgress = (options: ProgressOptions): Progress =>
  process.stderr.isTTY ? startBar(options) : startLines(options);

function startBar({ total, title }: ProgressOptions): Progress {
  const bar = new SingleBar(
    { format: `${title} {bar} {percentage} % | {words}`, gracefulExit: false, emptyOnZero: true },
    Presets.shades_classic,
  );
  bar.start(total, 0, { words: "" });
  const show = atMostEvery(BAR_EVERY_MS, (done, words) => bar.update(Math.min(done, total), { words: words() }));
  return {
    show: (done, words) => show(done, words),
    end: () => {
      show.last();
      bar.stop();
    },
  };
}

function startLines({ total, title }: ProgressOptions): Progress {
  const percentage = (done: number) => (total === 0 ? 100 : Math.min(100, Math.floor((100 * done) / total)));
  const show = atMostEvery(LINE_EVERY_MS, (done, words) => tell(`${title}: ${percentage(done)} %, ${words()}`));
  return { show: (done, words) => show(done, words), end: () => undefined };
}

type Show = Progress["show"];

/** Shows not more often than that; `last` shows what was left out. */
function atMostEvery(pauseMs: number, show: Show): Show & { readonly last: () => void } {
  let nextAt = performance.now() + pauseMs;
  let leftOut: (() => void) | undefined;
  const shown = (done: number, words: () => string) => {
    const now = performance.now();
    leftOut = () => show(done, words);
    if (now < nextAt) return;
    nextAt = now + pauseMs;
    leftOut();
    leftOut = undefined;
  };
  return Object.assign(shown, { last: () => leftOut?.() });
}
