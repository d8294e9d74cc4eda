import { describe, expect, test } from "@jest/globals";
import { nextStaleMs } from "#cli/backfill/watch/affected-jobs.ts";

const DAY_MS = 86_400_000;
const KEPT_MS = 12.5 * DAY_MS;

/** Ranges that were fed so many days after the start. */
const fedOn = (...days: readonly number[]) =>
  new Map(
    days.map((day, index) => [index * 100, { end: index * 100 + 100, sent: 1, refused: 0, fedAtMs: day * DAY_MS }]),
  );

const nextStaleDay = (now: number, ...fed: readonly number[]): number | undefined => {
  const next = nextStaleMs({ startedAtMs: 0 }, fedOn(...fed), { keptMs: KEPT_MS, nowMs: now * DAY_MS });
  return next === undefined ? undefined : next / DAY_MS;
};

describe("the next rows of a job that are too old to be sent", () => {
  test.each([
    ["are those of its start, while they may wait", 1, [0, 0.1, 0.2], 12.5],
    ["are those of its start, where no range is written down yet", 1, [], 12.5],
    ["are those that were fed next, when the first are too old", 13, [0.1, 1, 5], 13.5],
    ["are those that were fed when it went on after a long time", 14, [0, 12, 13], 24.5],
  ])("%s", (_what, now, fed, expected) => {
    expect(nextStaleDay(now, ...fed)).toBe(expected);
  });

  test("are none when all of them are too old, to the moment", () => {
    expect(nextStaleDay(17.5, 0, 5)).toBeUndefined();
    expect(nextStaleDay(17.4, 0, 5)).toBe(17.5);
    expect(nextStaleDay(12.5)).toBeUndefined();
  });
});
