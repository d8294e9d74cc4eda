import type { CallFailureKind } from "./classify-call-failure.ts";

/** Whether a call that ended so counts as an attempt at the request: a full account says nothing about the request. */
export function countsAsAttempt(kind: CallFailureKind): boolean {
  return kind !== "throttled" && kind !== "at-capacity";
}
