import { describe, expect, test } from "@jest/globals";
import type { Lane } from "#shared/contract/queue-name.ts";
import type { Pace } from "#shared/rate-limiter/pace.ts";
import type { Slot, SlotReport } from "#shared/rate-limiter/slot.ts";
import { aSharedQuota, type Process } from "#test/support/a-shared-quota.ts";
import { saturate } from "#test/support/saturate.ts";

const slotOf = async (process: Process | undefined, lane: Lane = "live"): Promise<Slot> => {
  const answer = await process?.ask({ lane });
  if (answer?.kind !== "granted") throw new Error(`The slot was not granted: ${JSON.stringify(answer)}`);
  return answer.slot;
};

const STRANGER_FROM_MS = 20_000;
const STRANGER_TO_MS = 80_000;

/** Connect's bucket, of which a stranger takes half for a minute. */
function connectWithStranger({ ratePerSecond, burst }: Pace, fromMs: number): (nowMs: number) => SlotReport {
  let tokens = burst;
  let beforeMs = fromMs;
  return (nowMs) => {
    const isShared = nowMs - fromMs > STRANGER_FROM_MS && nowMs - fromMs < STRANGER_TO_MS;
    tokens = Math.min(burst, tokens + ((nowMs - beforeMs) / 1_000) * ratePerSecond * (isShared ? 0.5 : 1));
    beforeMs = nowMs;
    if (tokens < 1) return "throttled";
    tokens -= 1;
    return "accepted";
  };
}

describe("while a stranger takes half of the bucket", () => {
  const lanes: Lane[] = ["live", "live", "backfill", "backfill"];
  test.each([
    { quota: { ratePerSecond: 2, burst: 5 }, seed: 1 },
    { quota: { ratePerSecond: 2, burst: 5 }, seed: 2 },
    { quota: { ratePerSecond: 20, burst: 20 }, seed: 3 },
    { quota: { ratePerSecond: 20, burst: 20 }, seed: 4 },
  ])("few calls are throttled at $quota.ratePerSecond/s, and the rate is back in 30 s (seed $seed)", async (given) => {
    const { quota, seed } = given;
    const shared = aSharedQuota({ quota, processes: lanes.length, seed });
    const fromMs = shared.clock.now();
    const { outcome, done } = saturate(shared, { lanes, seconds: 130, connect: connectWithStranger(quota, fromMs) });
    await shared.clock.run(done);

    const inMinute = outcome.calls.filter(({ leftAtMs }) => leftAtMs - fromMs < STRANGER_TO_MS);
    const throttled = inMinute.filter(({ report }) => report === "throttled").length;
    if (quota.ratePerSecond === 2) expect(throttled).toBeLessThanOrEqual(10);
    else expect(throttled / inMinute.length).toBeLessThan(0.05);
    // A stranger that nobody notices proves nothing.
    expect(throttled).toBeGreaterThan(0);

    const backMs = fromMs + STRANGER_TO_MS + 30_000;
    const after = outcome.calls.filter(({ leftAtMs }) => leftAtMs >= backMs && leftAtMs < backMs + 10_000);
    expect(after.length).toBeGreaterThanOrEqual(9.5 * quota.ratePerSecond);
  });
});

describe("a throttled call", () => {
  test("slows every process down within half a second", async () => {
    const { clock, processes } = aSharedQuota({ processes: 2 });
    const [one, other] = processes;
    const scene = async () => {
      const slot = await slotOf(one);
      await slotOf(other);
      await clock.sleep(10_000);
      one?.report(slot, "throttled");
      await one?.limiter.settled();
      const throttledAtMs = clock.now();
      await slotOf(other);
      return clock.now() - throttledAtMs;
    };
    const waited = scene();
    await clock.run(waited);
    // One interval at seven tenths of 2/s.
    expect(await waited).toBeGreaterThan(650);
    expect(await waited).toBeLessThan(760);
  });

  test("drops the slots that were reserved before it, and gives them out again", async () => {
    const { clock, processes } = aSharedQuota({ processes: 2 });
    const [one, other] = processes;
    const left: number[] = [];
    const waiting = async () => {
      await Promise.all(
        Array.from({ length: 8 }, async () => {
          await slotOf(other);
          left.push(clock.now());
        }),
      );
    };
    const scene = async () => {
      const slot = await slotOf(one);
      const waited = waiting();
      // Now the burst is used, and the next slots are one every half second.
      await clock.sleep(600);
      const throttledAtMs = clock.now();
      one?.report(slot, "throttled");
      await waited;
      return left.filter((atMs) => atMs > throttledAtMs).map((atMs) => atMs - throttledAtMs);
    };
    const afterwards = scene();
    await clock.run(afterwards);
    const gaps = (await afterwards).map((atMs, index, all) => atMs - (all[index - 1] ?? atMs - 700));
    expect(gaps.length).toBeGreaterThanOrEqual(4);
    // At most one of the old slots was used, by a process that did not know yet.
    expect(gaps.filter((gapMs) => gapMs < 650).length).toBeLessThanOrEqual(1);
  });

  test("of an epoch that is over slows nothing", async () => {
    const { clock, processes, store } = aSharedQuota();
    const [process] = processes;
    const scene = async () => {
      const slots = [await slotOf(process), await slotOf(process), await slotOf(process)];
      for (const slot of slots) {
        process?.report(slot, "throttled");
        await clock.sleep(200);
      }
      return await store.read("CreateContact");
    };
    const bucket = scene();
    await clock.run(bucket);
    expect(await bucket).toMatchObject({ epoch: 1, slowed: { ratePerSecond: 1.4 } });
  });

  test.each([
    { faults: ["transient", "transient", "transient", "transient"], epoch: 0 },
    { faults: ["transient", "transient", "transient", "transient", "transient"], epoch: 1 },
    { faults: ["transient", "transient", "transient", "accepted", "transient", "transient"], epoch: 0 },
  ] as const)("is what $faults come to: $epoch slow-downs", async ({ faults, epoch }) => {
    const { clock, processes, store } = aSharedQuota();
    const [process] = processes;
    const scene = async () => {
      for (const fault of faults) process?.report(await slotOf(process), fault);
      await process?.limiter.settled();
      return await store.read("CreateContact");
    };
    const bucket = scene();
    await clock.run(bucket);
    expect(await bucket).toMatchObject({ epoch });
  });

  test("when nobody waits any more is written all the same, and the next asker is served", async () => {
    const { clock, processes, store } = aSharedQuota();
    const [process] = processes;
    const scene = async () => {
      process?.report(await slotOf(process), "throttled");
      await clock.sleep(5_000);
      await slotOf(process);
      return await store.read("CreateContact");
    };
    const bucket = scene();
    await clock.run(bucket);
    expect(await bucket).toMatchObject({ epoch: 1 });
  });
});
