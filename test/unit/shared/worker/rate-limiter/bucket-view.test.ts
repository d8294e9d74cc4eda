import { describe, expect, test } from "@jest/globals";
import type { Bucket } from "#shared/rate-limiter/bucket.ts";
import { type Pace, paceOfEach } from "#shared/rate-limiter/pace.ts";
import { planReservation, type Reservation } from "#shared/rate-limiter/plan-reservation.ts";
import type { BucketStore } from "#shared/worker/ports/bucket-store.ts";
import { BucketView } from "#shared/worker/rate-limiter/bucket-view.ts";
import { MemoryBucketStore } from "#shared/worker/rate-limiter/memory-bucket-store.ts";
import { A_PAUSE } from "#test/support/a-shared-quota.ts";

const API = "CreateContact";
const NOW = Date.parse("2026-11-20T12:00:00Z");
const PACE: Pace = { ratePerSecond: 2, burst: 4 };
const RESTED: Bucket = { theoreticalMs: NOW - 60_000, epoch: 1, pauses: {}, acceptedAtMs: {}, version: 3 };

/** The view of one process on a rested bucket. Its next change is on its way until it is let through. */
async function aHeldView() {
  const store = new MemoryBucketStore([[API, RESTED]]);
  const { promise: isLetThrough, resolve: letThrough } = Promise.withResolvers<void>();
  const replaced = { times: 0 };
  const held: BucketStore = {
    read: async (api) => await store.read(api),
    advance: async (api, advance) => await store.advance(api, advance),
    replace: async (api, from, to) => {
      await isLetThrough;
      replaced.times += 1;
      return await store.replace(api, from, to);
    },
  };
  const view = new BucketView(API, held, {
    pace: PACE,
    paceAlone: paceOfEach(PACE, 2),
    pause: A_PAUSE,
    holdMs: 5_000,
    clock: { now: () => NOW, sleep: async () => {} },
    random: () => 0,
    onOutage: (reason) => {
      throw reason;
    },
  });
  await view.refresh();
  return { view, store, letThrough, replaced };
}

function restartOf(bucket: Bucket, count: number): Reservation & { readonly theoreticalMs: number } {
  const demand = { lane: "live", latestMs: Array<number>(count).fill(NOW + 60_000) } as const;
  const plan = planReservation(bucket, demand, { pace: PACE, nowMs: NOW, jitter: 0 });
  if (plan.kind !== "reserve" || plan.reservation.write.kind !== "restart") throw new Error("That is no restart.");
  return { ...plan.reservation, theoreticalMs: plan.reservation.write.theoreticalMs };
}

const pausing = (bucket: Bucket): Bucket => ({
  ...bucket,
  pauses: { "open contacts": { sinceMs: NOW, untilMs: NOW + 60_000, count: 1 } },
});

describe("a time line that is to begin anew", () => {
  test("is left as it is when another process has begun it in the meantime", async () => {
    const { view, store, letThrough } = await aHeldView();
    const pause = view.change(pausing);
    const reservation = view.reserve(restartOf(RESTED, 2));
    const { theoreticalMs } = restartOf(RESTED, 6);
    expect(await store.replace(API, RESTED, { ...RESTED, theoreticalMs, version: 4 })).toBe(true);
    letThrough();
    expect(await pause).toBe(true);
    expect(await reservation).toEqual([]);
    expect(await store.read(API)).toMatchObject({ theoreticalMs, pauses: { "open contacts": { count: 1 } } });
  });

  test("begins from the bucket that it was planned from", async () => {
    const { view, store, letThrough } = await aHeldView();
    letThrough();
    const planned = restartOf(RESTED, 2);
    expect(await view.reserve(planned)).toHaveLength(2);
    expect(await store.read(API)).toEqual({ ...RESTED, theoreticalMs: planned.theoreticalMs, version: 4 });
  });

  test("costs no write and no pause where this process has written one in the meantime", async () => {
    const { view, store, letThrough, replaced } = await aHeldView();
    const pause = view.change(pausing);
    const reservation = view.reserve(restartOf(RESTED, 2));
    letThrough();
    await Promise.all([pause, reservation]);
    expect(replaced.times).toBe(1);
    expect(await store.read(API)).toMatchObject({ pauses: { "open contacts": { count: 1 } } });
  });
});
