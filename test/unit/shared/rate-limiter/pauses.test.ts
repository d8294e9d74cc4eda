import { describe, expect, test } from "@jest/globals";
import type { PauseSettings } from "#shared/rate-limiter/pause.ts";
import {
  type CallReport,
  gateFor,
  type Pauses,
  pausesAfter,
  withEverythingPaused,
  withProbeFor,
} from "#shared/rate-limiter/pauses.ts";
import type { SlotReport, SlotRequest } from "#shared/rate-limiter/slot.ts";

const MINUTE = 60_000;
const SETTINGS: PauseSettings = {
  firstMs: MINUTE,
  maxMs: 15 * MINUTE,
  longAfterMs: 24 * 60 * MINUTE,
  longMs: 60 * MINUTE,
  probeLeaseMs: 10_000,
};
const EMAIL: SlotRequest = { api: "CreateContact", channel: "EMAIL", lane: "live", latestMs: 0 };
const TASK: SlotRequest = { ...EMAIL, channel: "TASK" };

const reported = (pauses: Pauses, call: Partial<CallReport>): Pauses =>
  pausesAfter(pauses, { request: EMAIL, report: "at-capacity", atMs: 0, ...call }, SETTINGS);

const FULL = reported({}, {});
const PROBED = withProbeFor(FULL, EMAIL, { atMs: MINUTE, settings: SETTINGS });
const probe = { atMs: MINUTE + 100, leaseUntilMs: MINUTE + 10_000 };

describe("the pauses of a bucket", () => {
  test("hold back the channel that is full, and no other", () => {
    expect(gateFor(FULL, EMAIL, 1)).toEqual({ kind: "closed", untilMs: MINUTE });
    expect(gateFor(FULL, TASK, 1)).toEqual({ kind: "open" });
  });

  test("hold back every channel when calls are denied", () => {
    const denied = withEverythingPaused({}, 0, SETTINGS);
    expect(gateFor(denied, EMAIL, 1)).toEqual({ kind: "closed", untilMs: MINUTE });
    expect(gateFor(denied, TASK, 1)).toEqual({ kind: "closed", untilMs: MINUTE });
    expect(withEverythingPaused(denied, 30_000, SETTINGS)).toBe(denied);
  });

  test("hold back until the longer of two ends", () => {
    const both = withEverythingPaused(FULL, 30_000, SETTINGS);
    expect(gateFor(both, EMAIL, 40_000)).toEqual({ kind: "closed", untilMs: 90_000 });
    expect(gateFor(both, EMAIL, 90_000)).toEqual({ kind: "probe" });
  });

  test("are neither lengthened nor ended by calls that left before", () => {
    for (const report of ["at-capacity", "accepted", "transient", "denied", "other"] as const) {
      expect(reported(FULL, { report, atMs: 30_000 })).toBe(FULL);
      expect(reported(PROBED, { report, atMs: MINUTE + 1 })).toBe(PROBED);
    }
  });

  test.each<{ report: SlotReport; expected: object }>([
    { report: "accepted", expected: { kind: "open" } },
    { report: "at-capacity", expected: { kind: "closed", untilMs: 3 * MINUTE + 100 } },
    { report: "transient", expected: { kind: "probe" } },
    { report: "throttled", expected: { kind: "probe" } },
    { report: "other", expected: { kind: "probe" } },
    { report: "unused", expected: { kind: "probe" } },
    { report: "denied", expected: { kind: "probe" } },
  ])("for open contacts: a probe that ends $report leaves the gate $expected.kind", ({ report, expected }) => {
    expect(gateFor(reported(PROBED, { report, ...probe }), EMAIL, probe.atMs)).toEqual(expected);
  });

  test.each<{ report: SlotReport; expected: object }>([
    { report: "accepted", expected: { kind: "open" } },
    { report: "at-capacity", expected: { kind: "open" } },
    { report: "other", expected: { kind: "open" } },
    { report: "denied", expected: { kind: "closed", untilMs: 3 * MINUTE + 100 } },
    { report: "transient", expected: { kind: "probe" } },
    { report: "throttled", expected: { kind: "probe" } },
    { report: "unused", expected: { kind: "probe" } },
  ])("for denied calls: a probe that ends $report leaves other channels $expected.kind", ({ report, expected }) => {
    const denied = withProbeFor(withEverythingPaused({}, 0, SETTINGS), EMAIL, { atMs: MINUTE, settings: SETTINGS });
    expect(gateFor(reported(denied, { report, ...probe }), TASK, probe.atMs)).toEqual(expected);
  });

  test("are not touched by a probe that comes back when another one is out, unless it made a contact", () => {
    const second = withProbeFor(PROBED, EMAIL, { atMs: MINUTE + 10_000, settings: SETTINGS });
    expect(reported(second, { report: "transient", ...probe })).toBe(second);
    expect(reported(second, { report: "at-capacity", ...probe })).toBe(second);
    expect(reported(second, { report: "accepted", ...probe })).toEqual({});
  });
});
