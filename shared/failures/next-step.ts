import { backoffMs } from "./backoff.ts";
import type { CallFailureKind } from "./classify-call-failure.ts";
import type { RetrySettings } from "./retry-settings.ts";

/** What the worker knows when a call has failed. */
export interface FailedCall {
  readonly kind: CallFailureKind;
  /** Attempts so far, this one included. */
  readonly attempts: number;
  /** Since the first attempt. */
  readonly ageMs: number;
  /** Calls made in this delivery of the message, this one included. */
  readonly callsInThisDelivery: number;
  /** How often Connect's quota refused this request while others went through between. */
  readonly capacityRefusals: number;
}

/** What becomes of the message. */
export type NextStep =
  /** If there is no time for it: back to the queue for so long. */
  | { readonly kind: "again-in-place"; readonly delayWithoutSlotMs: number }
  | { readonly kind: "back-to-the-queue"; readonly delayMs: number }
  | { readonly kind: "dead-letter"; readonly as: CallFailureKind };

/**
 * Design: what each answer means. Retries in place happen once a delivery, whatever the kind, so that one record never
 * takes the slots of a batch; all others go through the queue. `random` is uniform over [0, 1).
 */
export function nextStep(call: FailedCall, settings: RetrySettings, random: number): NextStep {
  const delayMs = backoffMs(call.attempts, settings.backoff, random);
  const back: NextStep = { kind: "back-to-the-queue", delayMs };
  const onceMore: NextStep =
    call.callsInThisDelivery === 1 ? { kind: "again-in-place", delayWithoutSlotMs: delayMs } : back;
  switch (call.kind) {
    case "rejected":
    case "token-conflict":
      return deadLetter(call.kind);
    case "throttled":
      return onceMore;
    case "at-capacity":
      // Once more leads to the pause that the rate limiter makes now, and so to the queue until that ends.
      return call.capacityRefusals >= settings.capacityRefusals ? deadLetter("rejected") : onceMore;
    case "denied":
      return call.ageMs >= settings.denied.ageMs ? deadLetter(call.kind) : back;
    case "conflict":
      return call.attempts >= settings.conflict.attempts ? deadLetter(call.kind) : back;
    case "transient":
      if (call.attempts >= settings.transient.attempts && call.ageMs >= settings.transient.ageMs) {
        return deadLetter(call.kind);
      }
      return onceMore;
  }
}

const deadLetter = (as: CallFailureKind): NextStep => ({ kind: "dead-letter", as });
