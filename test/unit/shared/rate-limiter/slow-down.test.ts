import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { type Bucket, UNTOUCHED_BUCKET } from "#shared/rate-limiter/bucket.ts";
import { intervalMs, nextSlot, toleranceMs } from "#shared/rate-limiter/gcra.ts";
import type { Pace } from "#shared/rate-limiter/pace.ts";
import { rateAt, type SlowDown, slowDownAfter } from "#shared/rate-limiter/slow-down.ts";
import { slowedDown } from "#shared/rate-limiter/slowed-down.ts";

const SEED = { seed: 20261120 };
const PACE: Pace = { ratePerSecond: 20, burst: 19 };
const NOW = 1_795_176_000_000;

describe("the rate after a slow-down", () => {
  test.each([
    { afterMs: -50, rate: 2 },
    { afterMs: 0, rate: 2 },
    { afterMs: 2_000, rate: 2 },
    { afterMs: 13_500, rate: 11 },
    { afterMs: 25_000, rate: 20 },
    { afterMs: 3_600_000, rate: 20 },
  ])("is $rate a second of 20 after $afterMs ms, when it was lowered to a tenth", ({ afterMs, rate }) => {
    const slowed = { ratePerSecond: 2, atMs: NOW, recoveredAtMs: NOW + 25_000 };
    expect(rateAt(slowed, PACE, NOW + afterMs)).toBeCloseTo(rate, 9);
  });

  test("is the full rate where there was no slow-down", () => {
    expect(rateAt(undefined, PACE, NOW)).toBe(20);
  });

  test("never falls again by itself, never exceeds the pace, and is back when it is said to be", () => {
    const moment = fc.integer({ min: -1_000, max: 60_000 });
    const slowDown = fc.record({
      share: fc.double({ min: 0.01, max: 1, noNaN: true }),
      recoveryMs: fc.constantFrom(5_000, 25_000),
    });
    fc.assert(
      fc.property(slowDown, moment, moment, ({ share, recoveryMs }, one, other) => {
        const slowed = { ratePerSecond: PACE.ratePerSecond * share, atMs: NOW, recoveredAtMs: NOW + recoveryMs };
        const [earlier, later] = [Math.min(one, other), Math.max(one, other)];
        expect(rateAt(slowed, PACE, NOW + later)).toBeGreaterThanOrEqual(rateAt(slowed, PACE, NOW + earlier));
        expect(rateAt(slowed, PACE, NOW + later)).toBeLessThanOrEqual(PACE.ratePerSecond);
        expect(rateAt(slowed, PACE, NOW + recoveryMs)).toBe(PACE.ratePerSecond);
      }),
      SEED,
    );
  });

  test("is that of a new, lower quota at most", () => {
    expect(
      rateAt({ ratePerSecond: 14, atMs: NOW, recoveredAtMs: NOW + 5_000 }, { ratePerSecond: 2, burst: 4 }, NOW),
    ).toBe(2);
  });

  test("falls by three tenths with each throttle, and not below a tenth of the quota", () => {
    const rates: number[] = [];
    let last: SlowDown | undefined;
    for (let throttles = 0; throttles < 8; throttles += 1) {
      last = slowDownAfter(last, PACE, NOW);
      rates.push(Math.round(last.ratePerSecond * 100) / 100);
    }
    expect(rates).toEqual([14, 9.8, 6.86, 4.8, 3.36, 2.35, 2, 2]);
  });
});

describe("the way back to the full rate", () => {
  const recoveryMs = (last: SlowDown | undefined, nowMs: number): number =>
    slowDownAfter(last, PACE, nowMs).recoveredAtMs - nowMs;
  const first = slowDownAfter(undefined, PACE, NOW);

  test("takes 5 seconds after a throttle on its own", () => {
    expect(recoveryMs(undefined, NOW)).toBe(5_000);
    expect(recoveryMs(first, NOW + 25_000)).toBe(5_000);
  });

  test.each([0, 1_000, 7_000, 24_999])(
    "takes 25 seconds after a throttle that follows another after %i ms",
    (afterMs) => {
      expect(recoveryMs(first, NOW + afterMs)).toBe(25_000);
    },
  );

  test("costs less than two seconds of the rate after a throttle on its own", () => {
    const stepMs = 10;
    let lost = 0;
    for (let atMs = 0; atMs < 30_000; atMs += stepMs) {
      lost += ((PACE.ratePerSecond - rateAt(first, PACE, NOW + atMs)) * stepMs) / 1_000;
    }
    expect(lost / PACE.ratePerSecond).toBeLessThan(2);
    expect(lost).toBeGreaterThan(0);
  });
});

describe("a bucket that is slowed down", () => {
  const rested: Bucket = { ...UNTOUCHED_BUCKET, theoreticalMs: NOW - 60_000, epoch: 3, version: 9 };

  test("is empty: the next slot is one interval of the lower rate away", () => {
    const slowed = slowedDown(rested, PACE, NOW);
    expect(nextSlot(slowed.theoreticalMs, NOW, PACE).atMs - NOW).toBeCloseTo(intervalMs({ ratePerSecond: 14 }), 2);
  });

  test("is in a new epoch", () => {
    expect(slowedDown(rested, PACE, NOW).epoch).toBe(4);
  });

  test("does not give out again what others may still use within half a second", () => {
    const backlog = { ...rested, theoreticalMs: NOW + 60_000 };
    const first = nextSlot(slowedDown(backlog, PACE, NOW).theoreticalMs, NOW, PACE).atMs;
    expect(first - NOW).toBeCloseTo(500 + intervalMs(PACE), 2);
  });

  test("gives back what nobody can use any more: a backlog reserved far ahead", () => {
    const backlog = { ...rested, theoreticalMs: NOW + 60_000 };
    expect(slowedDown(backlog, PACE, NOW).theoreticalMs).toBeLessThan(NOW + 600 + toleranceMs(PACE));
  });
});
