import { describe, expect, test } from "@jest/globals";
import { switchAsJson } from "#cli/backfill/watch/switch-as-json.ts";
import { switchedForPeople, switchForPeople } from "#cli/backfill/watch/switch-for-people.ts";
import type { SwitchReport } from "#cli/backfill/watch/switch-report.ts";

const aReport = (overrides: Partial<SwitchReport> = {}): SwitchReport => ({
  operation: "CreateContact",
  lane: "backfill",
  state: "Disabled",
  hasChanged: true,
  waiting: 7_205,
  quotaMs: 3_600_000,
  endsWithinMs: 163_000,
  jobs: [
    { job: "autumn", staleAtMs: Date.parse("2026-11-20T00:00:00Z"), isTooOld: true },
    { job: "spring", staleAtMs: Date.parse("2026-12-03T00:00:00Z"), isTooOld: false },
  ],
  unreadable: [],
  ...overrides,
});

describe("what people are told of a lane", () => {
  test.each<[string, Partial<SwitchReport>, string]>([
    [
      "paused, with when all is quiet",
      {},
      "The backfill lane of CreateContact is paused: nothing is received from its queue any more, and what was received before ends within 2 minutes 43 seconds.",
    ],
    ["paused before", { hasChanged: false }, "The backfill lane of CreateContact was paused already."],
    ["resumed", { state: "Enabled" }, "The backfill lane of CreateContact goes on."],
    ["never paused", { state: "Enabled", hasChanged: false }, "The backfill lane of CreateContact was not paused."],
  ])("%s", (_what, overrides, first) => {
    expect(switchedForPeople(aReport(overrides))).toBe(first);
  });

  test("that is paused: what waits, and by when each job must go on to be sent in time", () => {
    expect(switchForPeople(aReport()).slice(0, 4)).toEqual([
      "Its queue holds about 7,205 messages: 1 hour at the quota.",
      "Jobs that may have rows there, and when the lane must go on at the latest:",
      "  autumn  all are too old",
      "  spring  2026-12-02 23:00 UTC",
    ]);
  });

  test("that goes on: the jobs that have rows there, and those whose rows become dead letters now", () => {
    expect(switchForPeople(aReport({ state: "Enabled" })).slice(1)).toEqual([
      "Jobs that may have rows there: autumn (all are too old: Stale), spring.",
    ]);
  });

  test.each(["Disabled", "Enabled"] as const)("that jobs may be missing, and why (%s)", (state) => {
    const report = aReport({ state, jobs: [], unreadable: ["The item of odd cannot be read."] });
    expect(switchForPeople(report).slice(1)).toEqual([
      "Note: jobs may be missing here. The item of odd cannot be read.",
    ]);
  });

  test("for live requests says that they grow old, too", () => {
    const lines = switchForPeople(aReport({ lane: "live", jobs: [], waiting: 0 }));
    expect(lines).toEqual(["Its queue is empty.", expect.stringMatching(/^Live requests wait.*SQS deletes them/)]);
  });
});

test("programs are told the same, in ISO 8601", () => {
  expect(switchAsJson(aReport({ unreadable: ["Why."] }))).toEqual({
    operation: "CreateContact",
    lane: "backfill",
    state: "Disabled",
    hasChanged: true,
    waiting: 7_205,
    quotaMs: 3_600_000,
    jobs: [
      {
        job: "autumn",
        resumeBefore: "2026-11-19T23:00:00.000Z",
        staleAt: "2026-11-20T00:00:00.000Z",
        isTooOld: true,
      },
      {
        job: "spring",
        resumeBefore: "2026-12-02T23:00:00.000Z",
        staleAt: "2026-12-03T00:00:00.000Z",
        isTooOld: false,
      },
    ],
    unreadable: ["Why."],
  });
});
