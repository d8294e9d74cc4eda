import type { Pace } from "./pace.ts";

// The generic cell rate algorithm: a token bucket in one number. The theoretical arrival time is the moment at which the
// bucket would be full again but for one slot of time per token taken.

/**
 * Moments are kept in whole microseconds: sums that a database makes in decimals and we make in binary then agree to the
 * last digit, so that a moment can be compared with the stored one.
 */
export const wholeMicroseconds = (ms: number): number => Math.round(ms * 1000) / 1000;

/** Milliseconds between two slots at a steady pace, rounded up to a whole microsecond. */
export const intervalMs = ({ ratePerSecond }: Pick<Pace, "ratePerSecond">): number =>
  Math.ceil(1_000_000 / ratePerSecond) / 1000;

/** How long before its theoretical arrival time a call may leave: what makes the burst. */
export const toleranceMs = (pace: Pace): number => wholeMicroseconds((pace.burst - 1) * intervalMs(pace));

/** The earliest slot at or after `nowMs`, and the theoretical arrival time once it is taken. */
export function nextSlot(theoreticalMs: number, nowMs: number, pace: Pace): { atMs: number; theoreticalMs: number } {
  const from = Math.max(theoreticalMs, nowMs);
  return { atMs: Math.max(nowMs, from - toleranceMs(pace)), theoreticalMs: from + intervalMs(pace) };
}

/** The theoretical arrival time of a bucket that was emptied at `nowMs`. It is never earlier than it was. */
export const emptied = (theoreticalMs: number, nowMs: number, pace: Pace): number =>
  Math.max(theoreticalMs, nowMs + toleranceMs(pace) + intervalMs(pace));
