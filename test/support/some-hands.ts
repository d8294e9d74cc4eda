import type { Hands } from "#functions/runtime/each-record.ts";

/** What a handler works with beside its worker: everything goes well, and time is never up. */
export const someHands = (overrides: Partial<Hands> = {}): Hands => ({
  visibility: { showAfter: async () => {} },
  settled: async () => {},
  timeUp: () => new Promise(() => {}),
  ...overrides,
});
