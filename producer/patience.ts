import { setTimeout as sleep } from "node:timers/promises";
import type { Patience } from "./send-batch.ts";

/** Enough for the throttles of a queue, and for a network that is gone for a few seconds. */
export const PATIENCE: Patience = {
  tries: 6,
  backoff: { baseMs: 200, maxMs: 5_000 },
  sleep: async (ms, signal) => sleep(ms, undefined, { signal }),
  random: Math.random,
};
