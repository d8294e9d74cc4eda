import { describe, expect, test } from "@jest/globals";
import { recoveredAfterMs } from "#bench/arithmetic/recovered-after-ms.ts";

const RATE = 20;

/** Contacts at a steady pace, from and up to these milliseconds. */
const contacts = (fromMs: number, toMs: number, ratePerSecond: number): readonly number[] =>
  Array.from(
    { length: ((toMs - fromMs) * ratePerSecond) / 1000 },
    (_, index) => fromMs + (index * 1000) / ratePerSecond,
  );

const recovery = (contactsAtMs: readonly number[]) =>
  recoveredAfterMs({ contactsAtMs, ratePerSecond: RATE, fromMs: 100_000, untilMs: 140_000 });

describe("recoveredAfterMs", () => {
  test.each([
    { what: "the full rate all the time", made: contacts(100_000, 140_000, RATE), is: 5_000 },
    { what: "0.95 of it all the time", made: contacts(100_000, 140_000, 0.95 * RATE), is: 5_000 },
    { what: "0.9 of it all the time", made: contacts(100_000, 140_000, 0.9 * RATE), is: null },
    { what: "no contacts", made: [], is: null },
    { what: "the full rate in the last five seconds alone", made: contacts(135_000, 140_000, RATE), is: 39_800 },
    { what: "the full rate in the last four seconds alone", made: contacts(136_000, 140_000, RATE), is: null },
    {
      what: "the full rate in a window that was not watched to its end",
      made: contacts(136_000, 145_000, RATE),
      is: null,
    },
    { what: "the full rate before, and none after", made: contacts(60_000, 100_000, RATE), is: null },
  ])("says $is for $what", ({ made, is }) => {
    expect(recovery(made)).toBe(is);
  });

  test("counts five seconds at the full rate from the moment at which half of it ends, within the step and the tolerance", () => {
    const made = [...contacts(100_000, 112_000, RATE / 2), ...contacts(112_000, 140_000, RATE)];
    // A tenth of five seconds at half the rate is as good as 0.95 of the rate.
    expect(recovery(made)).toBeGreaterThanOrEqual(16_400);
    expect(recovery(made)).toBeLessThanOrEqual(17_000);
  });
});
