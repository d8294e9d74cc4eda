import type { Pace } from "./pace.ts";

/** Connect has throttled a call: since `atMs` the bucket is drawn on at this rate, which recovers with time. */
export interface SlowDown {
  readonly ratePerSecond: number;
  readonly atMs: number;
}

/** What is left of the rate after a throttled call. */
const DECREASE = 0.7;
/** A rate that went to nothing would never find out that there is room again. */
const LEAST_SHARE = 0.1;
/** The lower rate is kept for so long: calls that were throttled side by side have all come back by then. */
const HOLD_MS = 2_000;
/**
 * From the slow-down to the full rate, whatever it was lowered to. So the climb near a rate that others leave us is
 * flat: it takes long to meet the next throttle, and the account is free again within half a minute all the same.
 */
const RECOVERY_MS = 25_000;

/** The rate at `nowMs`: a function of the last slow-down alone, so that recovering takes no writes. */
export function rateAt(slowed: SlowDown | undefined, { ratePerSecond: full }: Pace, nowMs: number): number {
  if (slowed === undefined) return full;
  const recovered = (nowMs - slowed.atMs - HOLD_MS) / (RECOVERY_MS - HOLD_MS);
  const lowered = Math.min(slowed.ratePerSecond, full);
  return lowered + (full - lowered) * Math.min(Math.max(recovered, 0), 1);
}

/** The rate after one more throttled call. */
export const loweredRate = (slowed: SlowDown | undefined, pace: Pace, nowMs: number): number =>
  Math.max(rateAt(slowed, pace, nowMs) * DECREASE, pace.ratePerSecond * LEAST_SHARE);
