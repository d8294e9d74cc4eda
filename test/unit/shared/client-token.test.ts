import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { clientToken } from "#shared/client-token.ts";
import { OPERATIONS } from "#shared/contract/operation.ts";

const PARTS = {
  instanceId: "11111111-1111-4111-8111-111111111111",
  operation: "CreateContact",
  requestId: "billing/order-4711-reminder",
} as const;

// sha256 of ["v1","11111111-1111-4111-8111-111111111111","CreateContact","billing/order-4711-reminder"], computed apart.
const TOKEN = "5daa7f1a37edbc2910fc45cba37b9ed5375726dd09d5b19475eace0beabd6722";

const parts = fc.record({
  instanceId: fc.string(),
  operation: fc.constantFrom(...OPERATIONS),
  requestId: fc.string(),
});

describe("the client token", () => {
  test("is pinned: another token for a request that was sent before would make a second contact", () => {
    expect(clientToken(PARTS)).toBe(TOKEN);
  });

  test.each([
    ["OutboundEmail/CreateContact", "86bb6338ebf767b71f4ec982fa09fbdd7e7934cce2353cbedeeeb11d9ad8e7d1"],
    ["OutboundEmail/StartOutboundEmailContact", "92e56c28664834172b391bb7f2e14bfba1e2eb93b86711b44a5289b57a87f22c"],
    ["OutboundEmail/CreateContact/2", "f94296c7ff6711d588358c70e2ec4ff5d131cc93b7b457b156e27d4bf76e4563"],
  ])("is pinned for the step %s, computed apart as well", (operation, token) => {
    expect(clientToken({ ...PARTS, operation })).toBe(token);
  });

  test.each([
    ["another instance", { instanceId: "22222222-2222-4222-8222-222222222222" }],
    ["another operation", { operation: "StartEmailContact" } as const],
    ["another request id", { requestId: "billing/order-4712-reminder" }],
    ["a request id in another case", { requestId: "BILLING/order-4711-reminder" }],
  ])("differs for %s", (_what, other) => {
    expect(clientToken({ ...PARTS, ...other })).not.toBe(TOKEN);
  });

  test("is the same for the same parts, in whatever order and company they come", () => {
    const { requestId, operation, instanceId } = PARTS;
    const withMore = { source: "billing", requestId, operation, instanceId };
    expect(clientToken(withMore)).toBe(TOKEN);
  });

  test.each([
    ["a quote and a comma", 'a","CreateContact","b', "c"],
    ["a bracket", "a]", "[b"],
    ["nothing", "", "ab"],
    ["a backslash", "a\\", '","b'],
  ])("keeps its parts apart when they hold %s", (_what, instanceId, requestId) => {
    const token = clientToken({ instanceId, operation: "CreateContact", requestId });
    const joined = instanceId + requestId;
    for (let end = 0; end <= joined.length; end += 1) {
      if (end === instanceId.length) continue;
      const other = {
        instanceId: joined.slice(0, end),
        operation: "CreateContact",
        requestId: joined.slice(end),
      } as const;
      expect(clientToken(other)).not.toBe(token);
    }
  });

  test("is the same for two requests only if all their parts are", () => {
    fc.assert(
      fc.property(parts, parts, (one, other) => {
        const same = JSON.stringify(Object.values(one)) === JSON.stringify(Object.values(other));
        expect(clientToken(one) === clientToken(other)).toBe(same);
      }),
      { seed: 20_261_120, numRuns: 500 },
    );
  });

  test("does not move characters from one part to its neighbour unnoticed", () => {
    fc.assert(
      fc.property(parts, fc.string({ minLength: 1 }), ({ instanceId, operation, requestId }, moved) => {
        const before = clientToken({ instanceId: instanceId + moved, operation, requestId });
        expect(clientToken({ instanceId, operation, requestId: moved + requestId })).not.toBe(before);
      }),
      { seed: 20_261_121, numRuns: 500 },
    );
  });

  test("is 64 hexadecimal characters, whatever the parts: Connect takes up to 500", () => {
    fc.assert(
      fc.property(parts, (any) => {
        expect(clientToken(any)).toMatch(/^[0-9a-f]{64}$/);
      }),
      { seed: 20_261_122 },
    );
  });
});
