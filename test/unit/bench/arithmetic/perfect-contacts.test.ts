import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { perfectContacts } from "#bench/arithmetic/perfect-contacts.ts";
import { TokenBucket } from "#local/connect-emulator/token-bucket.ts";

/** What a caller gets who calls every millisecond, whatever the answers. */
function tokensTaken(quota: { ratePerSecond: number; burst: number }, ms: number): number {
  const bucket = new TokenBucket(quota, 0);
  return Array.from({ length: ms }, (_, nowMs) => bucket.take(nowMs)).filter(Boolean).length;
}

test.each([
  { ratePerSecond: 2, burst: 5, seconds: 60, contacts: 125 },
  { ratePerSecond: 50, burst: 75, seconds: 60, contacts: 3075 },
  { ratePerSecond: 2, burst: 5, seconds: 0, contacts: 5 },
])("$contacts is perfect for $seconds s at $ratePerSecond/s, burst $burst", ({ seconds, contacts, ...quota }) => {
  expect(perfectContacts(quota, { fromMs: 5000, toMs: 5000 + 1000 * seconds })).toBe(contacts);
});

test("no caller gets more from the emulator's bucket, and one who always asks gets all but a call", () => {
  const quota = fc.record({ ratePerSecond: fc.integer({ min: 1, max: 50 }), burst: fc.integer({ min: 2, max: 80 }) });
  const property = fc.property(quota, fc.integer({ min: 100, max: 5000 }), (each, ms) => {
    const perfect = perfectContacts(each, { fromMs: 0, toMs: ms });
    // One call a millisecond must be enough to spend the burst.
    fc.pre(each.burst < ms / 2);
    expect(tokensTaken(each, ms)).toBeLessThanOrEqual(perfect);
    expect(tokensTaken(each, ms)).toBeGreaterThan(perfect - 1.1);
  });
  fc.assert(property, { seed: 4711, numRuns: 50 });
});
