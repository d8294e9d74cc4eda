import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Lane } from "#shared/contract/queue-name.ts";
import { type Bucket, UNTOUCHED_BUCKET } from "#shared/rate-limiter/bucket.ts";
import type { Pace } from "#shared/rate-limiter/pace.ts";
import { type Demand, planReservation } from "#shared/rate-limiter/plan-reservation.ts";
import { reservedSlots } from "#shared/rate-limiter/reserved-slots.ts";

const SEED = { seed: 20261120 };
const PACE: Pace = { ratePerSecond: 2, burst: 4 };
const NOW = 1_795_176_000_000;

const aBucket = (aheadMs: number, overrides: Partial<Bucket> = {}): Bucket => ({
  ...UNTOUCHED_BUCKET,
  theoreticalMs: NOW + aheadMs,
  epoch: 7,
  version: 3,
  ...overrides,
});

const demand = (lane: Lane, count: number, withinMs = 60_000): Demand => ({
  lane,
  latestMs: Array(count).fill(NOW + withinMs),
});

const plan = (bucket: Bucket, asked: Demand, jitter = 0, pace = PACE) =>
  planReservation(bucket, asked, { pace, nowMs: NOW, jitter });

/** When the slots of a plan would be, if nobody else was faster. */
function momentsOf(bucket: Bucket, asked: Demand, pace = PACE): number[] {
  const planned = plan(bucket, asked, 0, pace);
  if (planned.kind !== "reserve") return [];
  const { reservation } = planned;
  const { write } = reservation;
  const theoreticalMs = write.kind === "restart" ? write.theoreticalMs : bucket.theoreticalMs + write.advance.byMs;
  return reservedSlots(reservation, theoreticalMs).map(({ atMs }) => Math.round(atMs - NOW));
}

describe("what live reserves", () => {
  test.each([
    { aheadMs: -60_000, expected: [0, 0, 0, 0, 500, 1_000] },
    { aheadMs: 0, expected: [0, 0, 0, 0, 500, 1_000] },
    { aheadMs: 1_000, expected: [0, 0, 500, 1_000, 1_500, 2_000] },
    { aheadMs: 5_000, expected: [3_500, 4_000, 4_500, 5_000, 5_500, 6_000] },
  ])("of a bucket whose time is $aheadMs ms ahead is the slots at $expected", ({ aheadMs, expected }) => {
    expect(momentsOf(aBucket(aheadMs), demand("live", 6))).toEqual(expected);
  });

  test("is one guarded increment where others draw on the bucket too", () => {
    expect(plan(aBucket(1_000), demand("live", 3))).toMatchObject({
      reservation: { count: 3, write: { kind: "advance", advance: { epoch: 7, fromMs: NOW, byMs: 1_500 } } },
    });
  });

  test("begins the time line anew where the bucket has rested", () => {
    const rested = aBucket(-1);
    const write = { kind: "restart", from: rested, theoreticalMs: NOW + 1_500 };
    expect(plan(rested, demand("live", 3))).toMatchObject({ reservation: { count: 3, write } });
  });

  test("is as many as come in time, and the guard keeps the last of them in time", () => {
    const planned = plan(aBucket(5_000), demand("live", 6, 4_600));
    expect(planned).toMatchObject({ reservation: { count: 3 } });
    // From a bucket a tenth of a second further on, the third would come just in time.
    expect(planned).toMatchObject({ reservation: { write: { advance: { toMs: NOW + 5_100 } } } });
  });

  test("is nothing where the first would be late", () => {
    expect(plan(aBucket(5_000), demand("live", 6, 3_499))).toEqual({ kind: "none-in-time" });
  });

  test("is no more than a second ahead while the rate is lowered", () => {
    const slowed = { ratePerSecond: 1, atMs: NOW, recoveredAtMs: NOW + 25_000 };
    expect(momentsOf(aBucket(1_500, { slowed }), demand("live", 6))).toEqual([0, 1_000]);
  });
});

describe("what backfill reserves", () => {
  test("leaves half of the burst to live", () => {
    expect(momentsOf(aBucket(-60_000), demand("backfill", 6))).toEqual([0, 0, 500]);
  });

  test.each([
    { pace: PACE, expected: [0, 500] },
    { pace: { ratePerSecond: 20, burst: 19 }, expected: [0, 50, 100, 150, 200, 250] },
    { pace: { ratePerSecond: 0.2, burst: 1 }, expected: [0, 5_000] },
  ])("is at most one slot or 250 ms ahead, at $pace.ratePerSecond a second", ({ pace, expected }) => {
    const reserveMs = (Math.ceil(pace.burst / 2) - 1) * (1_000 / pace.ratePerSecond);
    expect(momentsOf(aBucket(reserveMs), demand("backfill", 10), pace)).toEqual(expected);
  });

  test.each([
    { jitter: 0, untilMs: 3_000 },
    { jitter: 0.5, untilMs: 3_125 },
    { jitter: 0.999, untilMs: 3_249.75 },
  ])("waits until the slot is within the look-ahead, spread over its first half (jitter $jitter)", (given) => {
    expect(plan(aBucket(4_000), demand("backfill", 10), given.jitter)).toEqual({
      kind: "wait",
      untilMs: NOW + given.untilMs,
    });
  });

  test("never makes live wait longer than the look-ahead, however far ahead the guard lets it end", () => {
    const paces = fc.record<Pace>({
      ratePerSecond: fc.constantFrom(0.5, 2, 3, 20, 50),
      burst: fc.integer({ min: 2, max: 75 }),
    });
    fc.assert(
      fc.property(paces, fc.integer({ min: 1, max: 10 }), fc.nat(30_000), (pace, count, aheadMs) => {
        const planned = plan(aBucket(aheadMs), demand("backfill", count), 0, pace);
        fc.pre(planned.kind === "reserve" && planned.reservation.write.kind === "advance");
        if (planned.kind !== "reserve" || planned.reservation.write.kind !== "advance") return;
        const { toMs, byMs } = planned.reservation.write.advance;
        const [wait = 0] = momentsOf(aBucket(toMs + byMs - NOW), demand("live", 1), pace);
        expect(wait).toBeLessThanOrEqual(planned.reservation.terms.lookAheadMs + 1_000 / pace.ratePerSecond + 1);
      }),
      SEED,
    );
  });
});

describe("a bucket that a clock gone wrong has written", () => {
  test("is begun anew, empty", () => {
    expect(momentsOf(aBucket(8 * 24 * 3_600_000), demand("live", 2))).toEqual([500, 1_000]);
  });
});
