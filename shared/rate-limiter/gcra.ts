import type { Pace } from "./pace.ts";

// The generic cell rate algorithm: a token bucket in one number. The theoretical arrival time is the moment at which the
// bucket would be full again but for one slot of time per token taken.

/** Milliseconds between two slots at a steady pace. */
export const intervalMs = (pace: Pace): number => 1000 / pace.ratePerSecond;

const toleranceMs = (pace: Pace): number => (pace.burst - 1) * intervalMs(pace);

/** The earliest slot at or after `nowMs`, and the theoretical arrival time once it is taken. */
export function nextSlot(theoreticalMs: number, nowMs: number, pace: Pace): { atMs: number; theoreticalMs: number } {
  const from = Math.max(theoreticalMs, nowMs);
  return { atMs: Math.max(nowMs, from - toleranceMs(pace)), theoreticalMs: from + intervalMs(pace) };
}

/** The theoretical arrival time of a bucket that was emptied at `nowMs`. It is never earlier than it was. */
export const emptied = (theoreticalMs: number, nowMs: number, pace: Pace): number =>
  Math.max(theoreticalMs, nowMs + toleranceMs(pace) + intervalMs(pace));
