import type { Stretch } from "./open-stretches.ts";

interface Starts {
  /** The first is not before. */
  readonly fromMs: number;
  /** From 1 on. */
  readonly nth: number;
  /** Each keeps the next one waiting for so long. */
  readonly everyMs: number;
}

/** When the nth of things begins that begin one after the other, each as soon as it may; null where that is behind the last stretch. */
export function nthStartMs(open: readonly Stretch[], { fromMs, nth, everyMs }: Starts): number | null {
  let atMs = fromMs;
  let left = nth;
  for (const stretch of open) {
    atMs = Math.max(atMs, stretch.fromMs);
    if (atMs >= stretch.toMs) continue;
    const here = Math.ceil((stretch.toMs - atMs) / everyMs);
    if (left <= here) return atMs + (left - 1) * everyMs;
    left -= here;
    atMs += here * everyMs;
  }
  return null;
}
