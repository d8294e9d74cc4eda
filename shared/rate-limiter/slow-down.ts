import type { Pace } from "./pace.ts";

/** Connect has throttled a call: since `atMs` the bucket is drawn on at this rate, which recovers with time. */
export interface SlowDown {
  readonly ratePerSecond: number;
  readonly atMs: number;
  /** From then on it is the full rate again. */
  readonly recoveredAtMs: number;
}

/** What is left of the rate after a throttled call. */
const DECREASE = 0.7;
/** A rate that went to nothing would never find out that there is room again. */
const LEAST_SHARE = 0.1;
/** The lower rate is kept for so long: calls that were throttled side by side have all come back by then. */
const HOLD_MS = 2_000;
/**
 * The way back to the full rate, after a throttle that follows another within this time: somebody else uses the quota too. The
 * climb near the rate that they leave is flat, so it takes long to meet the next throttle, and the account is free again
 * within half a minute all the same.
 */
const RECOVERY_MS = 25_000;
/**
 * The way back after a throttle on its own: most likely a call that came early or late, which says nothing of the next.
 * If somebody else does use the quota, the next throttle follows within moments.
 */
const RECOVERY_ALONE_MS = 5_000;

/** The rate at `nowMs`: a function of the last slow-down alone, so that recovering takes no writes. */
export function rateAt(slowed: SlowDown | undefined, { ratePerSecond: full }: Pace, nowMs: number): number {
  if (slowed === undefined) return full;
  const heldUntilMs = slowed.atMs + HOLD_MS;
  const recovered = (nowMs - heldUntilMs) / (slowed.recoveredAtMs - heldUntilMs);
  const lowered = Math.min(slowed.ratePerSecond, full);
  return lowered + (full - lowered) * Math.min(Math.max(recovered, 0), 1);
}

/** The slow-down after one more throttled call. */
export function slowDownAfter(last: SlowDown | undefined, pace: Pace, nowMs: number): SlowDown {
  const isAlone = last === undefined || nowMs >= last.atMs + RECOVERY_MS;
  return {
    ratePerSecond: Math.max(rateAt(last, pace, nowMs) * DECREASE, pace.ratePerSecond * LEAST_SHARE),
    atMs: nowMs,
    recoveredAtMs: nowMs + (isAlone ? RECOVERY_ALONE_MS : RECOVERY_MS),
  };
}
