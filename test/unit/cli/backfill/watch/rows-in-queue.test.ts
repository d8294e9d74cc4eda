import { describe, expect, test } from "@jest/globals";
import { rowsInQueue } from "#cli/backfill/watch/rows-in-queue.ts";

const DAY_MS = 86_400_000;
const AGE = { freshMs: 12.5 * DAY_MS, keptMs: 13 * DAY_MS };

/** Ranges that were fed so many days after the start. */
const fedOn = (days: readonly number[]) =>
  new Map(
    days.map((day, index) => [index * 100, { end: index * 100 + 100, sent: 1, refused: 0, fedAtMs: day * DAY_MS }]),
  );

function onDay(now: number, fed: readonly number[]) {
  const found = rowsInQueue({ startedAtMs: 0 }, fedOn(fed), { ...AGE, nowMs: now * DAY_MS });
  return found && [found.staleAtMs / DAY_MS, found.isTooOld];
}

describe("the rows of a job that may be in a queue", () => {
  test.each([
    ["those of its start, while they may wait", 1, [0, 0.1, 0.2], 12.5],
    ["those of its start, where no range is written down yet", 1, [], 12.5],
    ["those that were fed next, when the first are too old", 13, [0.1, 1, 5], 13.5],
    ["those that were fed when it went on after a long time", 14, [0, 12, 13], 24.5],
    ["the last to the moment", 17.4, [0, 5], 17.5],
  ])("are too old next: %s", (_what, now, fed, expected) => {
    expect(onDay(now, fed)).toEqual([expected, false]);
  });

  test.each([
    [17.5, [0, 5], 17.5],
    [17.9, [0, 5], 17.5],
    [12.5, [], 12.5],
  ])("are there for half a day when all are too old (on day %d, fed on %j)", (now, fed, expected) => {
    expect(onDay(now, fed)).toEqual([expected, true]);
  });

  test.each([
    [18, [0, 5]],
    [13, []],
  ])("are none when SQS has deleted the last (on day %d, fed on %j)", (now, fed) => {
    expect(onDay(now, fed)).toBeUndefined();
  });
});
