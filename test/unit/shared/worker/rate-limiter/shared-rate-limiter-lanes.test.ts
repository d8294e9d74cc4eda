import { describe, expect, test } from "@jest/globals";
import type { Lane } from "#shared/contract/queue-name.ts";
import type { Pace } from "#shared/rate-limiter/pace.ts";
import { aSharedQuota, type Process } from "#test/support/a-shared-quota.ts";
import { saturate } from "#test/support/saturate.ts";

const SLOW: Pace = { ratePerSecond: 2, burst: 5 };
const MIDDLE: Pace = { ratePerSecond: 20, burst: 20 };
const FAST: Pace = { ratePerSecond: 50, burst: 75 };
const accept = () => "accepted" as const;

async function saturated(quota: Pace, lanes: readonly Lane[], seconds = 120) {
  const shared = aSharedQuota({ quota, processes: lanes.length, seed: 11 });
  const { outcome, done } = saturate(shared, { lanes, seconds, connect: accept });
  const fromMs = shared.clock.now();
  await shared.clock.run(done);
  const tookSeconds = (shared.clock.now() - fromMs) / 1_000;
  const quotaUsed = outcome.calls.length / (quota.burst + quota.ratePerSecond * tookSeconds);
  return { ...shared, ...outcome, quotaUsed, writesPerCall: shared.store.writes / outcome.calls.length };
}

describe("one lane that is saturated", () => {
  const live4: Lane[] = ["live", "live", "live", "live"];
  const live2: Lane[] = ["live", "live"];
  const backfill2: Lane[] = ["backfill", "backfill"];

  test.each([
    { name: "live", quota: SLOW, lanes: live2, writes: 0.2 },
    { name: "live", quota: MIDDLE, lanes: live4, writes: 0.2 },
    { name: "live", quota: FAST, lanes: live4, writes: 0.2 },
    { name: "backfill", quota: SLOW, lanes: backfill2, writes: 1.2 },
    { name: "backfill", quota: MIDDLE, lanes: backfill2, writes: 1.2 },
    { name: "backfill", quota: FAST, lanes: backfill2, writes: 1.2 },
  ])("$name uses all of $quota.ratePerSecond/s with at most $writes writes a call", async (given) => {
    const { quotaUsed, writesPerCall, noneInTime } = await saturated(given.quota, given.lanes);
    expect(quotaUsed).toBeGreaterThan(0.97);
    expect(quotaUsed).toBeLessThanOrEqual(1);
    expect(writesPerCall).toBeLessThanOrEqual(given.writes);
    expect(noneInTime).toBe(0);
  });
});

describe("a batch", () => {
  test.each<{ lane: Lane }>([{ lane: "live" }, { lane: "backfill" }])(
    "on $lane that asks within 4 ms costs one write",
    async ({ lane }) => {
      const { clock, processes, store } = aSharedQuota({ quota: FAST });
      const [process] = processes;
      const ask = async (delayMs: number) => {
        await clock.sleep(delayMs);
        const answer = await process?.ask({ lane });
        if (answer?.kind === "granted") process?.report(answer.slot, "accepted");
      };
      const scene = async () => {
        // The second batch finds a bucket that is known and in use.
        for (const writes of [1, 2]) {
          await Promise.all([0, 1, 2, 3, 4, 0, 1, 2, 3, 4].map(ask));
          expect(store.writes).toBe(writes);
        }
      };
      const played = scene();
      await clock.run(played);
      await played;
    },
  );
});

/** Live requests one at a time, at random moments, in a process of their own. Answers with how long they waited. */
async function trickle({ clock, random }: ReturnType<typeof aSharedQuota>, live: Process, perSecond: number) {
  const waits: number[] = [];
  const one = async () => {
    const askedAtMs = clock.now();
    const answer = await live.ask();
    if (answer.kind !== "granted") throw new Error(`A live request was ${answer.kind}.`);
    waits.push(clock.now() - askedAtMs);
    await clock.sleep(50);
    live.report(answer.slot, "accepted");
  };
  const all: Promise<void>[] = [];
  for (let requests = 0; requests < 500; requests += 1) {
    await clock.sleep((-Math.log(1 - random()) * 1_000) / perSecond);
    all.push(one());
  }
  await Promise.all(all);
  return waits.toSorted((one, other) => one - other);
}

const p99 = (sorted: readonly number[]): number => sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN;

describe("live beside a backlog of backfill", () => {
  test.each([{ quota: SLOW }, { quota: MIDDLE }])("hardly waits at $quota.ratePerSecond/s", async ({ quota }) => {
    const perSecond = quota.ratePerSecond / 10;
    const waits = async (backlog: boolean) => {
      const shared = aSharedQuota({ quota, processes: 3, seed: 5 });
      const live = shared.processes[2];
      if (live === undefined) throw new Error("There is no third process.");
      const lanes: Lane[] = backlog ? ["backfill", "backfill"] : [];
      const { outcome, done } = saturate(shared, { lanes, seconds: 500 / perSecond, connect: accept });
      const waited = trickle(shared, live, perSecond);
      await shared.clock.run(Promise.all([done, waited]));
      return { sorted: await waited, backfilled: outcome.calls.length };
    };
    const alone = await waits(false);
    const beside = await waits(true);
    expect(p99(beside.sorted)).toBeLessThanOrEqual(p99(alone.sorted) + Math.max(3_000 / quota.ratePerSecond, 400));
    // And backfill has used what live has left.
    expect(beside.backfilled).toBeGreaterThan(0.95 * (500 * 9));
  });
});

describe("a mixed process", () => {
  test("gives live its slots before backfill that has asked earlier", async () => {
    const { clock, processes } = aSharedQuota({ quota: { ratePerSecond: 1, burst: 2 } });
    const [process] = processes;
    const order: string[] = [];
    const ask = async (lane: Lane, delayMs: number) => {
      await clock.sleep(delayMs);
      const answer = await process?.ask({ lane });
      if (answer?.kind === "granted") process?.report(answer.slot, "accepted");
      order.push(lane);
    };
    const asks = [ask("backfill", 0), ask("backfill", 1), ask("backfill", 2), ask("live", 100), ask("live", 100)];
    await clock.run(Promise.all(asks));
    expect(order).toEqual(["backfill", "live", "live", "backfill", "backfill"]);
  });
});
