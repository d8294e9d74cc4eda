import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "#shared/clock.ts";

export const SYSTEM_CLOCK: Clock = {
  now: () => Date.now(),
  sleep: async (waitMs) => {
    await sleep(waitMs);
  },
};
