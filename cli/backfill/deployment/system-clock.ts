import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "#shared/clock.ts";

/** The time of this machine. */
export const SYSTEM_CLOCK: Clock = {
  now: () => Date.now(),
  sleep: async (waitMs) => {
    await sleep(waitMs);
  },
};
