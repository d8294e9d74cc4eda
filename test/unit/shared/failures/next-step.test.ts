import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { CallFailureKind } from "#shared/failures/classify-call-failure.ts";
import { type FailedCall, nextStep } from "#shared/failures/next-step.ts";
import type { RetrySettings } from "#shared/failures/retry-settings.ts";

const HOUR = 3_600_000;
const SETTINGS: RetrySettings = {
  backoff: { baseMs: 5_000, maxMs: 15 * 60_000 },
  transient: { attempts: 10, ageMs: 6 * HOUR },
  conflict: { attempts: 5 },
  denied: { ageMs: HOUR },
  capacityRefusals: 3,
};

const aCall = (overrides: Partial<FailedCall>): FailedCall => ({
  kind: "transient",
  attempts: 1,
  ageMs: 0,
  callsInThisDelivery: 1,
  capacityRefusals: 0,
  ...overrides,
});

/** With `random` at a half, the delay is half of 5 s · 2ⁿ. */
const step = (overrides: Partial<FailedCall>) => nextStep(aCall(overrides), SETTINGS, 0.5);

const again = { kind: "again-in-place", delayWithoutSlotMs: 2_500 };
const back = { kind: "back-to-the-queue", delayMs: 2_500 };
const deadLetter = (as: CallFailureKind) => ({ kind: "dead-letter", as });

describe("after a failed call, a request", () => {
  test.each<[string, Partial<FailedCall>, object]>([
    ["that was rejected is dead-lettered", { kind: "rejected" }, deadLetter("rejected")],
    ["whose token is refused is dead-lettered", { kind: "token-conflict" }, deadLetter("token-conflict")],
    ["that was throttled is called again in place", { kind: "throttled" }, again],
    ["that was throttled twice goes back", { kind: "throttled", callsInThisDelivery: 2 }, back],
    [
      "that was throttled for days still goes back",
      { kind: "throttled", callsInThisDelivery: 2, ageMs: 99 * HOUR },
      back,
    ],
    ["that found no room asks for a slot again, and meets the pause", { kind: "at-capacity" }, again],
    ["that found no room twice goes back", { kind: "at-capacity", callsInThisDelivery: 2 }, back],
    [
      "that found no room while two others did goes on",
      { kind: "at-capacity", capacityRefusals: 2, callsInThisDelivery: 2 },
      back,
    ],
    [
      "that found no room three times while others did is rejected",
      { kind: "at-capacity", capacityRefusals: 3 },
      deadLetter("rejected"),
    ],
    ["that was denied goes back", { kind: "denied" }, back],
    ["that was denied for almost an hour goes back", { kind: "denied", ageMs: HOUR - 1 }, back],
    ["that was denied for an hour is dead-lettered", { kind: "denied", ageMs: HOUR }, deadLetter("denied")],
    ["in conflict goes back", { kind: "conflict" }, back],
    ["in conflict for the fifth time is dead-lettered", { kind: "conflict", attempts: 5 }, deadLetter("conflict")],
    ["that met a fault is called again in place", { kind: "transient" }, again],
    ["that met a fault twice goes back", { kind: "transient", callsInThisDelivery: 2 }, back],
    [
      "that met ten faults within six hours goes on",
      { kind: "transient", attempts: 10, ageMs: 6 * HOUR - 1, callsInThisDelivery: 2 },
      { kind: "back-to-the-queue", delayMs: 450_000 },
    ],
    [
      "that met nine faults in a week goes on",
      { kind: "transient", attempts: 9, ageMs: 168 * HOUR, callsInThisDelivery: 2 },
      { kind: "back-to-the-queue", delayMs: 450_000 },
    ],
    [
      "that met ten faults over six hours is dead-lettered",
      { kind: "transient", attempts: 10, ageMs: 6 * HOUR },
      deadLetter("transient"),
    ],
  ])("%s", (_claim, call, expected) => {
    expect(step(call)).toEqual(expected);
  });

  test("never waits longer than the longest backoff, and never less than nothing", () => {
    const kinds = fc.constantFrom<CallFailureKind>("throttled", "at-capacity", "denied", "conflict", "transient");
    const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(kinds, fc.integer({ min: 1, max: 5_000 }), random, (kind, attempts, chance) => {
        const decided = nextStep(aCall({ kind, attempts, callsInThisDelivery: 2 }), SETTINGS, chance);
        if (decided.kind !== "back-to-the-queue") return;
        expect(decided.delayMs).toBeGreaterThanOrEqual(0);
        expect(decided.delayMs).toBeLessThan(SETTINGS.backoff.maxMs);
      }),
      { seed: 20261120 },
    );
  });
});
