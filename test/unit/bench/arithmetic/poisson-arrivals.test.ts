import { describe, expect, test } from "@jest/globals";
import { poissonArrivals } from "#bench/arithmetic/poisson-arrivals.ts";
import { seededRandom } from "#local/connect-emulator/seeded-random.ts";

const MANY = 20_000;
const RATE = 2;

const arrivals = (seed: number, count = MANY) => poissonArrivals(count, RATE, seededRandom(seed, "arrivals"));

function gapsOf(moments: readonly number[]): readonly number[] {
  return moments.map((moment, index) => moment - (moments[index - 1] ?? 0));
}

describe("poissonArrivals", () => {
  test("gives as many as are asked for, in order", () => {
    const moments = arrivals(1, 500);
    expect(moments).toHaveLength(500);
    expect(Math.min(...gapsOf(moments))).toBeGreaterThanOrEqual(0);
  });

  test("is the same for the same seed, and another for another", () => {
    expect(arrivals(1, 50)).toEqual(arrivals(1, 50));
    expect(arrivals(1, 50)).not.toEqual(arrivals(2, 50));
  });

  test.each([1, 2, 3])("keeps the rate in the long run, with seed %i", (seed) => {
    const seconds = (arrivals(seed).at(-1) ?? Number.NaN) / 1000;
    expect(MANY / seconds / RATE).toBeCloseTo(1, 1);
  });

  test("has gaps as of independent arrivals: 1 - 1/e of them are shorter than the mean", () => {
    const shorter = gapsOf(arrivals(1)).filter((gapMs) => gapMs < 1000 / RATE).length;
    expect(shorter / MANY).toBeCloseTo(1 - 1 / Math.E, 1.5);
  });

  test("takes a draw of 0 for an arrival at once", () => {
    expect(poissonArrivals(2, RATE, () => 0)).toEqual([-0, -0].map(Math.abs));
  });
});
