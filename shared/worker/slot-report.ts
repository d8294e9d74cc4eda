import type { CallFailureKind } from "../failures/classify-call-failure.ts";
import type { SlotReport } from "../rate-limiter/slot.ts";

const REPORT: Readonly<Record<CallFailureKind, SlotReport>> = {
  rejected: "other",
  conflict: "other",
  "token-conflict": "other",
  denied: "denied",
  throttled: "throttled",
  "at-capacity": "at-capacity",
  transient: "transient",
};

/** What the rate limiter is told of a call that failed so. */
export const slotReport = (kind: CallFailureKind): SlotReport => REPORT[kind];
