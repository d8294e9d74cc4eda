import { describe, expect, test } from "@jest/globals";
import { backoffMs } from "#shared/failures/backoff.ts";

const ALMOST_ONE = 1 - Number.EPSILON;
const SETTINGS = { baseMs: 5_000, maxMs: 900_000 };

describe("the backoff", () => {
  test.each([
    [1, 4_999],
    [2, 9_999],
    [3, 19_999],
    [8, 639_999],
    [9, 899_999],
    [1_000, 899_999],
  ])("after attempt %i is at most %i ms", (attempts, mostMs) => {
    expect(backoffMs(attempts, SETTINGS, ALMOST_ONE)).toBe(mostMs);
  });

  test("uses its whole range, so that messages that failed together come back apart", () => {
    expect(backoffMs(3, SETTINGS, 0)).toBe(0);
    expect(backoffMs(3, SETTINGS, 0.5)).toBe(10_000);
  });
});
