import type { Lane } from "../contract/queue-name.ts";
import type { Bucket } from "./bucket.ts";
import { intervalMs, toleranceMs, wholeMicroseconds } from "./gcra.ts";
import type { Pace } from "./pace.ts";
import { rateAt } from "./slow-down.ts";

/** On what terms a lane may draw on a bucket now. */
export interface LaneTerms {
  /** Milliseconds between two slots. */
  readonly intervalMs: number;
  /** How long before its position on the bucket's time line a slot may be used. */
  readonly toleranceMs: number;
  /** How far ahead slots are reserved. */
  readonly lookAheadMs: number;
  /** How much later than planned the slots may come out, where somebody else was a moment faster. */
  readonly leewayMs: number;
}

const BACKFILL_LOOK_AHEAD_MS = 250;
/** While the rate is lowered: slots reserved far ahead at the lower rate would outlive the recovery. */
const SLOWED_LOOK_AHEAD_MS = 1_000;

/**
 * What backfill leaves to live of a burst. Half: a live request then finds its slot free even behind all that backfill
 * has reserved ahead, and backfill keeps enough to make up for the moments in which its workers change batches.
 */
const reserveOf = ({ burst }: Pace): number => Math.floor(burst / 2);

export function laneTerms(lane: Lane, pace: Pace, { bucket, nowMs }: { bucket: Bucket; nowMs: number }): LaneTerms {
  const ratePerSecond = rateAt(bucket.slowed, pace, nowMs);
  const interval = intervalMs({ ratePerSecond });
  const whole = toleranceMs(pace);
  if (lane === "live") {
    const lookAheadMs = ratePerSecond < pace.ratePerSecond ? Math.max(interval, SLOWED_LOOK_AHEAD_MS) : Infinity;
    return { intervalMs: interval, toleranceMs: whole, lookAheadMs, leewayMs: Infinity };
  }
  const reserveMs = wholeMicroseconds(reserveOf(pace) * intervalMs(pace));
  const lookAheadMs = Math.max(interval, BACKFILL_LOOK_AHEAD_MS);
  // Never more than the reserve: a live request then still waits no longer than the look-ahead.
  const leewayMs = Math.min(reserveMs, lookAheadMs);
  return { intervalMs: interval, toleranceMs: wholeMicroseconds(whole - reserveMs), lookAheadMs, leewayMs };
}
