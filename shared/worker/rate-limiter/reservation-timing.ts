import type { Lane } from "../../contract/queue-name.ts";
import { MOST_AGE_OF_KNOWLEDGE_MS } from "../../rate-limiter/most-age-of-knowledge-ms.ts";
import type { ReservationPlan } from "../../rate-limiter/plan-reservation.ts";

/** Asks that come this close after each other share a write. */
const GATHER_MS = 5;
/** Where the next slot is further away than this, gathering for longer costs nobody time. */
const NEAR_MS = 100;
const GATHER_MOST_MS = 200;
/** Before a write that somebody else is likely to overtake, the bucket is looked at again when it is known for longer. */
const LOOK_AGAIN_AFTER_MS = 50;

interface Asked {
  readonly lane: Lane;
  /** When the one who has waited longest has asked. */
  readonly askedAtMs: number;
  readonly nowMs: number;
}

/** When a plan is to be carried out, and how old the knowledge that it was made from may be then. */
export function reservationTiming(plan: ReservationPlan, asked: Asked): { dueMs: number; mostAgeMs: number } {
  return { dueMs: dueAt(plan, asked), mostAgeMs: mostAge(plan, asked) };
}

function dueAt(plan: ReservationPlan, { askedAtMs, nowMs }: Asked): number {
  switch (plan.kind) {
    case "wait":
      return plan.untilMs;
    case "none-in-time":
      return nowMs;
    case "reserve":
      return askedAtMs + gatherMs(plan.firstMs - askedAtMs);
  }
}

/** Backfill workers wait for the same moment, and of several that find a rested bucket only one can begin its line. */
function mostAge(plan: ReservationPlan, { lane }: Asked): number {
  const isRestart = plan.kind === "reserve" && plan.reservation.write.kind === "restart";
  return isRestart || lane === "backfill" ? LOOK_AGAIN_AFTER_MS : MOST_AGE_OF_KNOWLEDGE_MS;
}

/** Never until the slot's moment: the bucket would run out of calls. */
const gatherMs = (aheadMs: number): number => (aheadMs > NEAR_MS ? Math.min(aheadMs / 2, GATHER_MOST_MS) : GATHER_MS);
