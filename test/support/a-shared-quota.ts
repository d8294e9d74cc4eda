import type { Clock } from "#shared/clock.ts";
import { type Pace, paceOfEach, plannedPace } from "#shared/rate-limiter/pace.ts";
import type { PauseSettings } from "#shared/rate-limiter/pause.ts";
import type { Slot, SlotAnswer, SlotReport, SlotRequest } from "#shared/rate-limiter/slot.ts";
import { SharedRateLimiter } from "#shared/worker/rate-limiter/shared-rate-limiter.ts";
import type { SharedRateLimiterOptions } from "#shared/worker/rate-limiter/shared-rate-limiter-options.ts";
import { RemoteBucketStore } from "./remote-bucket-store.ts";
import { seededRandom } from "./seeded-random.ts";
import { VirtualClock } from "./virtual-clock.ts";

export const A_PAUSE: PauseSettings = {
  firstMs: 60_000,
  maxMs: 15 * 60_000,
  longAfterMs: 24 * 3_600_000,
  longMs: 3_600_000,
  probeLeaseMs: 13_000,
};

interface Scene {
  /** Of the account. The limiter plans with one token less. */
  readonly quota?: Pace;
  readonly processes?: number;
  readonly seed?: number;
  /** How far away the store is, at most, there and back each. */
  readonly storeMs?: number;
  /** How much too late a process wakes up, at most. */
  readonly lateMs?: number;
  readonly options?: Partial<SharedRateLimiterOptions>;
}

/** One process that draws on the shared quota. */
export interface Process {
  readonly limiter: SharedRateLimiter;
  ask(overrides?: Partial<SlotRequest>): Promise<SlotAnswer>;
  /** Reports, and notes when the slot was used. */
  report(slot: Slot, report: SlotReport): void;
}

/** Several processes that share the quota of one API, on one virtual clock. */
export function aSharedQuota(scene: Scene = {}) {
  const { quota = { ratePerSecond: 2, burst: 5 }, processes: count = 1, seed = 1, storeMs = 4 } = scene;
  const clock = new VirtualClock();
  const random = seededRandom(seed);
  const store = new RemoteBucketStore({ clock, random, mostMs: storeMs });
  const outages: unknown[] = [];
  /** When calls left. */
  const used: number[] = [];
  const options: SharedRateLimiterOptions = {
    pacesOf: () => ({ pace: plannedPace(quota), paceAlone: paceOfEach(quota, count) }),
    pause: A_PAUSE,
    holdMs: 5_000,
    clock: lateClock(clock, random, scene.lateMs ?? 0),
    random,
    onOutage: (reason) => outages.push(reason),
    ...scene.options,
  };
  const processes = Array.from({ length: count }, () => aProcess(new SharedRateLimiter(store, options), clock, used));
  return { clock, random, store, outages, used, quota, processes };
}

function aProcess(limiter: SharedRateLimiter, clock: Clock, used: number[]): Process {
  const leftAtMs = new WeakMap<Slot, number>();
  return {
    limiter,
    ask: async (overrides = {}) => {
      const latestMs = clock.now() + 3_600_000;
      const answer = await limiter.takeSlot({ api: "CreateContact", lane: "live", latestMs, ...overrides });
      if (answer.kind === "granted") leftAtMs.set(answer.slot, clock.now());
      return answer;
    },
    report: (slot, report) => {
      if (report !== "unused") used.push(leftAtMs.get(slot) ?? clock.now());
      limiter.report(slot, report);
    },
  };
}

/** The clock of processes that the machine wakes up a little late. */
const lateClock = (clock: Clock, random: () => number, mostMs: number): Clock => ({
  now: () => clock.now(),
  sleep: async (waitMs) => {
    await clock.sleep(waitMs + random() * mostMs);
  },
});

/** How far any window has gone beyond burst + rate · t, in calls. Not above zero where the quota is kept. */
export function excess(moments: readonly number[], { ratePerSecond, burst }: Pace): number {
  // A bucket that fills with calls and runs out at the rate is as full as the fullest window that ends now.
  let level = 0;
  let most = Number.NEGATIVE_INFINITY;
  let beforeMs = 0;
  for (const atMs of moments.toSorted((one, other) => one - other)) {
    level = Math.max(0, level - ((atMs - beforeMs) * ratePerSecond) / 1000) + 1;
    most = Math.max(most, level - burst);
    beforeMs = atMs;
  }
  return most;
}
