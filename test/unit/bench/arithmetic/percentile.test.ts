import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { percentile } from "#bench/arithmetic/percentile.ts";

const oneTo = (last: number): readonly number[] => Array.from({ length: last }, (_, index) => index + 1);
const values = fc.array(fc.integer(), { minLength: 1 });
const share = fc.double({ min: 0.01, max: 1, noNaN: true });

describe("percentile", () => {
  test.each([
    { of: [7], share: 0.5, is: 7 },
    { of: [3, 1, 2], share: 0.5, is: 2 },
    { of: [4, 1, 3, 2], share: 0.5, is: 2 },
    { of: oneTo(100), share: 0.99, is: 99 },
    { of: oneTo(100), share: 0.07, is: 7 },
    { of: oneTo(500), share: 0.99, is: 495 },
    { of: oneTo(60), share: 0.99, is: 60 },
    { of: oneTo(60), share: 1, is: 60 },
    { of: [2, 10, 1], share: 1, is: 10 },
  ])("of $of.length values at $share is $is", ({ of, share, is }) => {
    expect(percentile(of, share)).toBe(is);
  });

  test("of nothing is null", () => {
    expect(percentile([], 0.5)).toBeNull();
  });

  test("is one of the values, and the smallest that this share of them does not exceed", () => {
    const property = fc.property(values, share, (of, part) => {
      const found = percentile(of, part) ?? Number.NaN;
      const notAbove = of.filter((value) => value <= found).length;
      const below = of.filter((value) => value < found).length;
      expect(of).toContain(found);
      expect(notAbove).toBeGreaterThanOrEqual(part * of.length - 1e-9);
      expect(below).toBeLessThan(part * of.length);
    });
    fc.assert(property, { seed: 4711 });
  });

  test("leaves the values in their order", () => {
    const of = [3, 1, 2];
    percentile(of, 0.5);
    expect(of).toEqual([3, 1, 2]);
  });
});
