import { describe, expect, test } from "@jest/globals";
import { type SwitchReport, switchAsJson, switchForPeople } from "#cli/backfill/watch/switch-report.ts";

const aReport = (overrides: Partial<SwitchReport> = {}): SwitchReport => ({
  operation: "CreateContact",
  lane: "backfill",
  state: "Disabled",
  hasChanged: true,
  waiting: 7_205,
  quotaMs: 3_600_000,
  endsWithinMs: 163_000,
  jobs: [{ job: "spring", staleAtMs: Date.parse("2026-12-03T00:00:00Z") }],
  ...overrides,
});

describe("what people are told of a lane", () => {
  test("that is paused: when all is quiet, what waits, and by when each job must go on to be sent in time", () => {
    expect(switchForPeople(aReport()).slice(0, 4)).toEqual([
      "The backfill lane of CreateContact is paused: nothing is received from its queue any more, and what was received before ends within 2 minutes 43 seconds.",
      "Its queue holds about 7,205 messages: 1 hour at the quota.",
      "Jobs that may have rows there, and when the lane must go on at the latest:",
      "  spring  2026-12-02 23:00 UTC",
    ]);
  });

  test.each<[string, Partial<SwitchReport>, string]>([
    ["paused before", { hasChanged: false }, "The backfill lane of CreateContact was paused already."],
    ["resumed", { state: "Enabled" }, "The backfill lane of CreateContact goes on."],
    ["never paused", { state: "Enabled", hasChanged: false }, "The backfill lane of CreateContact was not paused."],
  ])("%s", (_what, overrides, first) => {
    expect(switchForPeople(aReport(overrides))[0]).toBe(first);
  });

  test("for live requests says that they grow old, too", () => {
    const lines = switchForPeople(aReport({ lane: "live", jobs: [], waiting: 0 }));
    expect(lines.slice(1)).toEqual([
      "Its queue is empty.",
      expect.stringMatching(/^Live requests wait.*SQS deletes them/),
    ]);
  });
});

test("programs are told the same, in ISO 8601", () => {
  expect(switchAsJson(aReport())).toEqual({
    operation: "CreateContact",
    lane: "backfill",
    state: "Disabled",
    hasChanged: true,
    waiting: 7_205,
    quotaMs: 3_600_000,
    jobs: [{ job: "spring", resumeBefore: "2026-12-02T23:00:00.000Z", staleAt: "2026-12-03T00:00:00.000Z" }],
  });
});
