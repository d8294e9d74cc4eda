import { describe, expect, test } from "@jest/globals";
import type { Lane } from "#shared/contract/queue-name.ts";
import type { Pace } from "#shared/rate-limiter/pace.ts";
import { aSharedQuota, excess } from "#test/support/a-shared-quota.ts";
import { saturate } from "#test/support/saturate.ts";

const LANES: Lane[] = ["live", "live", "backfill", "backfill"];
const QUOTA: Pace = { ratePerSecond: 20, burst: 20 };
const [GONE_FROM, GONE_TO, END] = [20, 50, 90];

/** Four workers, and a store that is gone for half a minute. */
async function outage(seed: number, lanes = LANES) {
  const shared = aSharedQuota({ quota: QUOTA, processes: lanes.length, seed });
  const fromMs = shared.clock.now();
  const { outcome, done } = saturate(shared, { lanes, seconds: END, connect: () => "accepted" });
  let writesBefore = 0;
  const cut = async () => {
    await shared.clock.sleep(GONE_FROM * 1_000);
    shared.store.isGone = true;
    await shared.clock.sleep((GONE_TO - GONE_FROM) * 1_000);
    writesBefore = shared.store.writes;
    shared.store.isGone = false;
  };
  await shared.clock.run(Promise.all([done, cut()]));
  const perSecond = (from: number, to: number): number =>
    outcome.calls.filter(({ leftAtMs }) => leftAtMs - fromMs >= from * 1_000 && leftAtMs - fromMs < to * 1_000).length /
    (to - from);
  return { ...shared, perSecond, writesBefore };
}

describe("while the shared buckets cannot be reached", () => {
  test("each process keeps to its own part of the quota, and all go back to the bucket afterwards", async () => {
    const { perSecond, outages, store, writesBefore } = await outage(1);
    // What each process may do alone adds up to the quota where all of them are busy.
    expect(perSecond(GONE_FROM + 2, GONE_TO)).toBeGreaterThan(0.9 * QUOTA.ratePerSecond);
    expect(perSecond(GONE_FROM + 2, GONE_TO)).toBeLessThanOrEqual(QUOTA.ratePerSecond);
    expect(perSecond(GONE_TO + 5, END)).toBeGreaterThan(0.97 * QUOTA.ratePerSecond);
    expect(outages).toHaveLength(LANES.length);
    expect(store.writes).toBeGreaterThan(writesBefore + LANES.length);
  });

  test.each([1, 2, 3, 4, 5, 6])("the quota is kept, before, after and in between (seed %i)", async (seed) => {
    const { used } = await outage(seed);
    expect(excess(used, QUOTA)).toBeLessThanOrEqual(1e-6);
    const live = await outage(seed, ["live", "live", "live", "live"]);
    expect(excess(live.used, QUOTA)).toBeLessThanOrEqual(1e-6);
  });

  test("a pause stays in force, and a new one is kept by the process that learned of it", async () => {
    const { clock, processes, store } = aSharedQuota();
    const [process] = processes;
    const scene = async () => {
      const first = await process?.ask({ channel: "EMAIL" });
      if (first?.kind === "granted") process?.report(first.slot, "at-capacity");
      await process?.limiter.settled();
      store.isGone = true;
      await clock.sleep(1_000);
      expect((await process?.ask({ channel: "EMAIL" }))?.kind).toBe("paused");
      const task = await process?.ask({ channel: "TASK" });
      if (task?.kind === "granted") process?.report(task.slot, "at-capacity");
      await process?.limiter.settled();
      expect((await process?.ask({ channel: "TASK" }))?.kind).toBe("paused");
    };
    const played = scene();
    await clock.run(played);
    await played;
  });
});
