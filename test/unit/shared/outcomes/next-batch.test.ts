import { describe, expect, test } from "@jest/globals";
import { nextBatch } from "#shared/outcomes/next-batch.ts";
import { outcomeEntry } from "#shared/outcomes/outcome-entry.ts";
import { anOutcome } from "#test/support/an-outcome.ts";

const { Source, DetailType, Time } = outcomeEntry(anOutcome());

/** An entry that EventBridge counts as so many bytes. */
const ofBytes = (bytes: number, character = "x") => {
  const Detail = character.repeat((bytes - 14 - Source.length - DetailType.length) / Buffer.byteLength(character));
  return { entry: { Source, DetailType, Time, Detail } };
};

describe("one PutEvents takes", () => {
  test.each([
    ["nothing where nothing waits", [], 0],
    ["all where there are few", [100, 100], 2],
    ["ten at most", Array(11).fill(100), 10],
    ["a million bytes at most", [500_000, 500_000, 100], 2],
    ["not one byte more", [500_000, 500_001], 1],
    ["one at least, whatever its size", [2_000_000, 100], 1],
  ])("%s", (_what, sizes, taken) => {
    const waiting = sizes.map((bytes) => ofBytes(bytes));
    expect(nextBatch(waiting)).toEqual(waiting.slice(0, taken));
  });

  test("bytes, not characters", () => {
    const waiting = [ofBytes(600_000, "é"), ofBytes(600_000, "é")];
    expect(nextBatch(waiting)).toHaveLength(1);
  });
});
