import type { Lane } from "../contract/queue-name.ts";
import type { Bucket } from "./bucket.ts";
import { toleranceMs, wholeMicroseconds } from "./gcra.ts";
import { type LaneTerms, laneTerms } from "./lane-terms.ts";
import type { Pace } from "./pace.ts";

/** Slots that are asked for: one for each of these moments, which it must not be later than; in the order of asking. */
export interface Demand {
  readonly lane: Lane;
  readonly latestMs: readonly number[];
}

/** Moves a bucket forward if it is in this epoch and its theoretical arrival time between these two, both included. */
export interface Advance {
  readonly epoch: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly byMs: number;
}

/** How slots are to be reserved. */
export interface Reservation {
  readonly count: number;
  readonly terms: LaneTerms;
  readonly nowMs: number;
  readonly write: /** Others draw on the bucket too: a guarded increment goes through whoever of them was faster. */
    | { readonly kind: "advance"; readonly advance: Advance }
    /** The bucket has rested, and its time line begins anew: only from the very bucket that was seen at rest. */
    | { readonly kind: "restart"; readonly from: Bucket; readonly theoreticalMs: number };
}

export type ReservationPlan =
  | { readonly kind: "reserve"; readonly reservation: Reservation; readonly firstMs: number }
  /** The next slot is too far ahead to be reserved before `untilMs`. */
  | { readonly kind: "wait"; readonly untilMs: number }
  /** No slot comes in time for the first of those who ask. */
  | { readonly kind: "none-in-time" };

/** No deadline of a function is further ahead: what lies there was written by a clock gone wrong. */
const FURTHEST_MS = 3_600_000;

interface Circumstances {
  readonly pace: Pace;
  readonly nowMs: number;
  /** In [0, 1): spreads the moments at which several processes reserve. */
  readonly jitter: number;
}

/** Decides which slots to reserve now, from the bucket as it is known. */
export function planReservation(bucket: Bucket, demand: Demand, circumstances: Circumstances): ReservationPlan {
  const { pace, nowMs, jitter } = circumstances;
  const terms = laneTerms(demand.lane, pace, { bucket, nowMs });
  const isRunaway = bucket.theoreticalMs > nowMs + FURTHEST_MS + toleranceMs(pace);
  const fromMs = isRunaway ? nowMs + toleranceMs(pace) + terms.intervalMs : Math.max(bucket.theoreticalMs, nowMs);
  const firstMs = Math.max(nowMs, fromMs - terms.toleranceMs);
  // Somewhere between the moment from which it may be reserved and half way to it.
  const untilMs = firstMs - terms.lookAheadMs * (1 - jitter / 2);
  if (nowMs < untilMs) return { kind: "wait", untilMs };
  const count = fitting(demand, terms, { fromMs, nowMs });
  if (count === 0) return { kind: "none-in-time" };

  const byMs = wholeMicroseconds(count * terms.intervalMs);
  if (isRunaway || bucket.theoreticalMs < nowMs) {
    const theoreticalMs = wholeMicroseconds(fromMs + byMs);
    return {
      kind: "reserve",
      firstMs,
      reservation: { count, terms, nowMs, write: { kind: "restart", from: bucket, theoreticalMs } },
    };
  }
  const toMs = latestStart(demand.latestMs.slice(0, count), terms, nowMs);
  const advance = { epoch: bucket.epoch, fromMs: nowMs, toMs, byMs };
  return { kind: "reserve", firstMs, reservation: { count, terms, nowMs, write: { kind: "advance", advance } } };
}

/** How many of the slots come in time and within the look-ahead. */
function fitting({ latestMs }: Demand, terms: LaneTerms, { fromMs, nowMs }: { fromMs: number; nowMs: number }): number {
  const late = latestMs.findIndex((latest, index) => {
    const atMs = Math.max(nowMs, fromMs + index * terms.intervalMs - terms.toleranceMs);
    return atMs > Math.min(latest, nowMs + terms.lookAheadMs);
  });
  return late === -1 ? latestMs.length : late;
}

/** The latest theoretical arrival time from which all of these slots would come in time. */
function latestStart(latestMs: readonly number[], terms: LaneTerms, nowMs: number): number {
  const horizonMs = nowMs + terms.lookAheadMs + terms.leewayMs;
  const starts = latestMs.map((latest, index) => Math.min(latest, horizonMs) - index * terms.intervalMs);
  return wholeMicroseconds(Math.min(...starts, nowMs + FURTHEST_MS) + terms.toleranceMs);
}
