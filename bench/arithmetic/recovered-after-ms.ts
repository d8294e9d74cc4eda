import { isWithin } from "./time-window.ts";

export interface Recovery {
  /** When each contact was made, epoch milliseconds. */
  readonly contactsAtMs: readonly number[];
  readonly ratePerSecond: number;
  /** When the rate could begin to recover. */
  readonly fromMs: number;
  /** How far it was watched. */
  readonly untilMs: number;
}

/** How much of the rate counts as recovered. */
const RECOVERED = 0.95;

/** How long a window must hold that rate. */
const WINDOW_MS = 5000;

const STEP_MS = 100;

/**
 * How long after `fromMs` the first five seconds have passed that hold 0.95 of the rate, so that it is never less than five
 * seconds; null if none were seen.
 */
export function recoveredAfterMs({ contactsAtMs, ratePerSecond, fromMs, untilMs }: Recovery): number | null {
  const enough = (RECOVERED * ratePerSecond * WINDOW_MS) / 1000;
  for (let startMs = fromMs; startMs + WINDOW_MS <= untilMs; startMs += STEP_MS) {
    const window = { fromMs: startMs, toMs: startMs + WINDOW_MS };
    if (contactsAtMs.filter((atMs) => isWithin(window, atMs)).length >= enough) return window.toMs - fromMs;
  }
  return null;
}
