import { test } from "@jest/globals";
import { CHAOS_SEEDS } from "./chaos-seeds.ts";
import { runChaos } from "./run-chaos.ts";

test.each(CHAOS_SEEDS)(
  "every good request has one contact or is a dead letter in doubt where Connect refuses a repeated token (seed %i)",
  async (seed) => {
    await runChaos({ seed, repeatedToken: "idempotency-exception" });
  },
);
