import { describe, expect, test } from "@jest/globals";
import { type ReservedSlot, turnedBack } from "#shared/rate-limiter/reserved-slots.ts";

const slotAt = (positionMs: number, intervalMs = 500): ReservedSlot => ({ atMs: 0, positionMs, intervalMs });

describe("a bucket that unused slots are given back to", () => {
  test.each([
    { name: "the last slot", unused: [slotAt(9_500)], back: 9_500 },
    { name: "the last three", unused: [slotAt(9_000), slotAt(8_500), slotAt(9_500)], back: 8_500 },
    { name: "the last one behind a gap", unused: [slotAt(8_500), slotAt(9_500)], back: 9_500 },
    { name: "slots of two rates", unused: [slotAt(9_500), slotAt(8_800, 700)], back: 8_800 },
    { name: "a slot with others after it", unused: [slotAt(9_000)], back: 10_000 },
    { name: "none", unused: [], back: 10_000 },
  ])("is turned back for $name to $back", ({ unused, back }) => {
    expect(turnedBack(10_000, unused)).toBe(back);
  });

  test("is turned back to the microsecond", () => {
    const theoreticalMs = 1_795_176_000_000.857;
    expect(turnedBack(theoreticalMs, [slotAt(1_795_175_999_929.428, 71.429)])).toBe(1_795_175_999_929.428);
  });
});
