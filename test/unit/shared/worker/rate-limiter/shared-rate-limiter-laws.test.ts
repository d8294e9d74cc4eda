import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Lane } from "#shared/contract/queue-name.ts";
import type { Pace } from "#shared/rate-limiter/pace.ts";
import type { SlotReport } from "#shared/rate-limiter/slot.ts";
import { A_PAUSE, aSharedQuota, excess, type Process } from "#test/support/a-shared-quota.ts";

const SEED = { seed: 20261120, numRuns: 150 };
const SECONDS = 20;

interface Plan {
  readonly quota: Pace;
  readonly lanes: readonly Lane[];
  readonly seed: number;
  readonly storeMs: number;
  readonly lateMs: number;
  readonly reports: readonly SlotReport[];
  readonly batchSize: number;
  /** The share of writes that are made and answered as if their condition had not held. */
  readonly lostShare: number;
}

const REPORTS: readonly SlotReport[] = [
  "accepted",
  "unused",
  "throttled",
  "transient",
  "at-capacity",
  "denied",
  "other",
];

const plans = (reports: readonly SlotReport[]) =>
  fc.record<Plan>({
    quota: fc.record({ ratePerSecond: fc.constantFrom(1, 2, 3, 7, 20), burst: fc.integer({ min: 2, max: 20 }) }),
    lanes: fc.array(fc.constantFrom<Lane>("live", "backfill"), { minLength: 1, maxLength: 4 }),
    seed: fc.nat(),
    storeMs: fc.constantFrom(0, 3, 12),
    lateMs: fc.constantFrom(0, 20, 400),
    // The more often one is in the list, the more often it comes.
    reports: fc.array(fc.constantFrom(...reports), { minLength: 1, maxLength: 20 }),
    batchSize: fc.integer({ min: 1, max: 12 }),
    lostShare: fc.constant(0),
  });

interface Grant {
  readonly asked: number;
  readonly lane: Lane;
}

/** Workers that take batches, one after the other, and whose calls end in every way. */
async function run({ lanes, batchSize, reports, lostShare, ...scene }: Plan) {
  const pause = { ...A_PAUSE, firstMs: 800, maxMs: 3_000, probeLeaseMs: 2_000 };
  const shared = aSharedQuota({ ...scene, processes: lanes.length, options: { pause, holdMs: 500 } });
  const { clock, random, processes } = shared;
  if (lostShare > 0) shared.store.loses = { answer: "refused", share: lostShare };
  const endMs = clock.now() + SECONDS * 1_000;
  const grants: Grant[][] = processes.map(() => []);
  let asks = 0;

  const record = async (process: Process, lane: Lane, given: Grant[]) => {
    asks += 1;
    const asked = asks;
    const answer = await process.ask({ lane, channel: "TASK", latestMs: clock.now() + 10_000 });
    if (answer.kind !== "granted") return;
    given.push({ asked, lane });
    await clock.sleep(random() * 300);
    process.report(answer.slot, reports[Math.floor(random() * reports.length)] ?? "accepted");
  };
  const worker = async (process: Process, index: number) => {
    while (clock.now() < endMs) {
      const lane = random() < 0.8 ? (lanes[index] ?? "live") : "live";
      await Promise.all(Array.from({ length: batchSize }, () => record(process, lane, grants[index] ?? [])));
      await process.limiter.settled();
      await clock.sleep(random() * 1_500);
    }
  };
  await clock.run(Promise.all(processes.map(worker)));
  return { ...shared, grants };
}

describe("several processes that share a bucket", () => {
  test("never use more than burst + rate · t slots in any window of t, whatever their calls end in", async () => {
    await fc.assert(
      fc.asyncProperty(plans(REPORTS), async (plan) => {
        const { used, quota } = await run(plan);
        expect(used.length === 0 ? 0 : excess(used, quota)).toBeLessThanOrEqual(1e-6);
      }),
      SEED,
    );
  });

  test("do so where answers to writes are lost, too", async () => {
    let lost = 0;
    const unsure = fc.tuple(plans(["accepted", "unused", "at-capacity"]), fc.constantFrom(0.05, 0.3, 0.7));
    await fc.assert(
      fc.asyncProperty(unsure, async ([plan, lostShare]) => {
        const { used, quota, store } = await run({ ...plan, lostShare });
        lost += store.lostAnswers;
        expect(used.length === 0 ? 0 : excess(used, quota)).toBeLessThanOrEqual(1e-6);
      }),
      SEED,
    );
    expect(lost).toBeGreaterThan(1_000);
  });

  test("give slots in the order of asking, in each process and lane", async () => {
    await fc.assert(
      fc.asyncProperty(plans(["accepted", "unused", "throttled", "other"]), async (plan) => {
        const { grants } = await run(plan);
        for (const given of grants) {
          const asked = given.map((each) => each.asked);
          expect(asked).toEqual(asked.toSorted((one, other) => one - other));
        }
      }),
      SEED,
    );
  });

  test("keep it up without an outage, and answer everybody", async () => {
    await fc.assert(
      fc.asyncProperty(plans(["accepted"]), async (plan) => {
        const { outages, used } = await run(plan);
        expect(outages).toEqual([]);
        expect(used.length).toBeGreaterThan(0);
      }),
      { ...SEED, numRuns: 50 },
    );
  });
});
