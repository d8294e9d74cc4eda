import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { emptied, intervalMs, nextSlot } from "#shared/rate-limiter/gcra.ts";
import { type Pace, paceOfEach, plannedPace } from "#shared/rate-limiter/pace.ts";

const SEED = { seed: 20261120 };
const paces = fc.record<Pace>({
  ratePerSecond: fc.constantFrom(0.5, 1, 2, 3, 20, 50),
  burst: fc.integer({ min: 1, max: 75 }),
});

/** The slots that askers get who come at these moments, given as the gaps between them. */
function slotsFor(gapsMs: readonly number[], pace: Pace): number[] {
  let nowMs = 1_000_000;
  let theoreticalMs = 0;
  return gapsMs.map((gapMs) => {
    nowMs += gapMs;
    const slot = nextSlot(theoreticalMs, nowMs, pace);
    theoreticalMs = slot.theoreticalMs;
    return slot.atMs;
  });
}

describe("the slots of a bucket", () => {
  const gaps = fc.array(fc.integer({ min: 0, max: 3_000 }), { minLength: 1, maxLength: 200 });

  test("are never more than burst + rate · t in any window of t seconds", () => {
    fc.assert(
      fc.property(gaps, paces, (gapsMs, pace) => {
        const slots = slotsFor(gapsMs, pace);
        for (const [first, from] of slots.entries()) {
          for (const [offset, to] of slots.slice(first).entries()) {
            const allowed = pace.burst + (pace.ratePerSecond * (to - from)) / 1000;
            expect(offset + 1).toBeLessThanOrEqual(allowed + 1e-6);
          }
        }
      }),
      SEED,
    );
  });

  test("are given in the order of asking, and never in the past", () => {
    fc.assert(
      fc.property(gaps, paces, (gapsMs, pace) => {
        let nowMs = 1_000_000;
        let earlier = 0;
        for (const [index, atMs] of slotsFor(gapsMs, pace).entries()) {
          nowMs += gapsMs[index] ?? 0;
          expect(atMs).toBeGreaterThanOrEqual(Math.max(nowMs, earlier));
          earlier = atMs;
        }
      }),
      SEED,
    );
  });

  test("waste nothing: a saturated bucket gives burst at once and then one an interval", () => {
    fc.assert(
      fc.property(paces, (pace) => {
        const slots = slotsFor(Array(200).fill(0), pace);
        const sinceFirst = slots.map((atMs) => atMs - (slots[0] ?? 0));
        const expected = sinceFirst.map((_, index) => Math.max(0, index - pace.burst + 1) * intervalMs(pace));
        for (const [index, atMs] of sinceFirst.entries()) expect(atMs).toBeCloseTo(expected[index] ?? 0, 3);
      }),
      SEED,
    );
  });

  test("begin an interval later once the bucket was emptied", () => {
    fc.assert(
      fc.property(paces, (pace) => {
        const nowMs = 5_000;
        expect(nextSlot(emptied(0, nowMs, pace), nowMs, pace).atMs).toBeCloseTo(nowMs + intervalMs(pace), 6);
      }),
      SEED,
    );
  });
});

describe("the pace of each of several workers", () => {
  test("adds up to no more than the quota, planned with one token less than the burst", () => {
    const quotas = fc.record({
      ratePerSecond: fc.integer({ min: 1, max: 50 }),
      burst: fc.integer({ min: 1, max: 75 }),
    });
    fc.assert(
      fc.property(quotas, fc.integer({ min: 1, max: 8 }), (quota, workers) => {
        const each = paceOfEach(quota, workers);
        expect(each.ratePerSecond * workers).toBeCloseTo(quota.ratePerSecond, 9);
        expect(each.burst).toBeGreaterThanOrEqual(1);
        if (each.burst > 1) expect(each.burst * workers).toBeLessThanOrEqual(quota.burst - 1);
      }),
      SEED,
    );
  });
});

describe("the pace of a bucket that all share", () => {
  test.each([
    { ratePerSecond: 2, burst: 5, planned: 4 },
    { ratePerSecond: 2, burst: 2, planned: 1 },
    { ratePerSecond: 2, burst: 1, planned: 1 },
    { ratePerSecond: 20, burst: 20, planned: 15 },
    { ratePerSecond: 50, burst: 75, planned: 62 },
    { ratePerSecond: 100, burst: 5, planned: 3 },
    { ratePerSecond: 100, burst: 2, planned: 1 },
  ])(
    "is planned with $planned of a burst of $burst at $ratePerSecond a second",
    ({ ratePerSecond, burst, planned }) => {
      expect(plannedPace({ ratePerSecond, burst })).toEqual({ ratePerSecond, burst: planned });
    },
  );
});
