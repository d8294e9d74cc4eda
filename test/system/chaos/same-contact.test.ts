import { test } from "@jest/globals";
import { CHAOS_SEEDS } from "./chaos-seeds.ts";
import { runChaos } from "./run-chaos.ts";

test.each(CHAOS_SEEDS)(
  "every good request has exactly one contact where Connect repeats its answer to a token (seed %i)",
  async (seed) => {
    await runChaos({ seed, repeatedToken: "same-contact" });
  },
);
