import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { asks, decided, EVENTS, KEY, QUEUE, ROLE_ARN, WORKER } from "./support/statements.ts";

const SEND = { Action: "sqs:SendMessage", Resource: QUEUE };
const ROOT = { AWS: "arn:aws:iam::111122223333:root" };
const ALLOWED = { allowed: true };
const noIdentity = { allowed: false, why: "because no identity-based policy allows the sqs:SendMessage action" };
const noResource = { allowed: false, why: "because no resource-based policy allows the sqs:SendMessage action" };

describe("the policies of a role", () => {
  test.each<[string, Record<string, unknown>[], object]>([
    ["nothing is allowed by nothing", [], noIdentity],
    ["what they name", [SEND], ALLOWED],
    ["one of several actions", [{ ...SEND, Action: ["sqs:ReceiveMessage", "sqs:SendMessage"] }], ALLOWED],
    ["actions in any case of letters", [{ ...SEND, Action: "SQS:sendmessage" }], ALLOWED],
    ["actions with a wildcard", [{ ...SEND, Action: "sqs:Send*" }], ALLOWED],
    ["another action", [{ ...SEND, Action: "sqs:ReceiveMessage" }], noIdentity],
    ["another resource", [{ ...SEND, Resource: `${QUEUE}-2` }], noIdentity],
    ["resources with a wildcard", [{ ...SEND, Resource: "arn:aws:sqs:*:*:w?rk" }], ALLOWED],
    ["every action but this", [{ NotAction: "sqs:SendMessage", Resource: "*" }], noIdentity],
    ["every action but another", [{ NotAction: "sqs:Receive*", Resource: "*" }], ALLOWED],
    ["every resource but this", [{ Action: "*", NotResource: QUEUE }], noIdentity],
    ["every resource but another", [{ Action: "*", NotResource: `${QUEUE}-2` }], ALLOWED],
    [
      "a denial, though it is allowed",
      [SEND, { ...SEND, Effect: "Deny" }],
      { allowed: false, why: "with an explicit deny in an identity-based policy" },
    ],
    ["a denial of something else", [SEND, { ...SEND, Effect: "Deny", Resource: `${QUEUE}-2` }], ALLOWED],
  ])("%s", (_claim, role, expected) => {
    expect(decided(asks(), { role })).toEqual(expected);
  });
});

describe("the policy of a resource", () => {
  const deniedThere = { allowed: false, why: "with an explicit deny in a resource-based policy" };
  test.each<[string, unknown, object]>([
    ["lets in a role by its name", { AWS: ROLE_ARN }, ALLOWED],
    ["lets in a session by its name", { AWS: WORKER.sessionArn }, ALLOWED],
    ["lets in everybody", "*", ALLOWED],
    ["lets in every AWS principal", { AWS: "*" }, ALLOWED],
    ["leaves it to the account whom it lets in", ROOT, noIdentity],
    ["lets in another role", { AWS: [`${ROLE_ARN}-2`] }, noIdentity],
    ["lets in another account", { AWS: "444455556666" }, noIdentity],
    ["lets in a service", { Service: "events.amazonaws.com" }, noIdentity],
  ])("%s", (_claim, Principal, expected) => {
    expect(decided(asks(), { resource: [{ ...SEND, Principal }] })).toEqual(expected);
  });

  test.each([
    ["everybody", "*"],
    ["the account", ROOT],
    ["its number", { AWS: "111122223333" }],
    ["the role", { AWS: ROLE_ARN }],
  ])("denies %s what the role's policies allow", (_claim, Principal) => {
    expect(decided(asks(), { role: [SEND], resource: [{ ...SEND, Effect: "Deny", Principal }] })).toEqual(deniedThere);
  });

  test.each<[string, unknown, object]>([
    ["itself by its name", { Service: ["sns.amazonaws.com", "events.amazonaws.com"] }, ALLOWED],
    ["everybody", "*", ALLOWED],
    ["another service", { Service: "sns.amazonaws.com" }, noResource],
    ["the account", ROOT, noResource],
  ])("lets in a service only where it names %s", (_claim, Principal, expected) => {
    expect(decided(asks(EVENTS), { resource: [{ ...SEND, Principal }] })).toEqual(expected);
  });
});

describe("a role of another account", () => {
  const elsewhere = { ...WORKER, accountId: "444455556666", roleArn: "arn:aws:iam::444455556666:role/partner" };
  const byName = { ...SEND, Principal: { AWS: elsewhere.roleArn } };
  const byAccount = { ...SEND, Principal: { AWS: "444455556666" } };
  test.each<[string, Parameters<typeof decided>[1], object]>([
    ["its own account's word is not enough", { role: [SEND] }, noResource],
    ["nor is the resource's", { resource: [byName] }, noIdentity],
    ["both are", { role: [SEND], resource: [byName] }, ALLOWED],
    ["for the account as well", { role: [SEND], resource: [byAccount] }, ALLOWED],
    ["another account's is none", { role: [SEND], resource: [{ ...SEND, Principal: ROOT }] }, noResource],
  ])("%s", (_claim, policies, expected) => {
    expect(decided(asks(elsewhere), policies)).toEqual(expected);
  });
});

describe("the policy of a key", () => {
  const DECRYPT = { Action: "kms:Decrypt", Resource: "*" };
  const decrypts = asks(WORKER, "kms:Decrypt", KEY);
  const reason = (kind: string) => ({
    allowed: false,
    why: `because no ${kind}-based policy allows the kms:Decrypt action`,
  });
  test.each<[string, Parameters<typeof decided>[1], object]>([
    ["the role's policies alone are not enough", { role: [DECRYPT] }, reason("resource")],
    [
      "with the account's root in the key's policy they are",
      { role: [DECRYPT], resource: [{ ...DECRYPT, Principal: ROOT }] },
      ALLOWED,
    ],
    ["the account's root alone is not enough", { resource: [{ ...DECRYPT, Principal: ROOT }] }, reason("identity")],
    ["the role in the key's policy is", { resource: [{ ...DECRYPT, Principal: { AWS: ROLE_ARN } }] }, ALLOWED],
    [
      "the root must be let in for this action",
      { role: [DECRYPT], resource: [{ ...DECRYPT, Action: "kms:Encrypt", Principal: ROOT }] },
      reason("resource"),
    ],
  ])("%s", (_claim, policies, expected) => {
    expect(decided(decrypts, policies)).toEqual(expected);
  });
});

describe("whatever the policies", () => {
  const statement = fc.record({
    Effect: fc.constantFrom("Allow", "Deny"),
    Action: fc.constantFrom("sqs:SendMessage", "sqs:*", "sqs:ReceiveMessage"),
    Resource: fc.constantFrom(QUEUE, "*", `${QUEUE}-2`),
  });
  const ofResource = fc.tuple(statement, fc.constantFrom("*", ROOT, { AWS: ROLE_ARN }, { Service: "x.amazonaws.com" }));
  const policies = fc.record({
    role: fc.array(statement, { maxLength: 4 }),
    resource: fc.array(
      ofResource.map(([written, Principal]) => ({ ...written, Principal })),
      { maxLength: 4 },
    ),
  });

  test("one more Allow takes nothing away, and one more Deny gives nothing", () => {
    fc.assert(
      fc.property(policies, statement, ({ role, resource }, more) => {
        const before = decided(asks(), { role, resource }).allowed;
        const after = decided(asks(), { role: [...role, more], resource }).allowed;
        if (more.Effect === "Allow") expect(after || !before).toBe(true);
        else expect(before || !after).toBe(true);
      }),
      { seed: 6, numRuns: 1_000 },
    );
  });

  test("their order does not matter", () => {
    fc.assert(
      fc.property(policies, ({ role, resource }) => {
        const backwards = { role: role.toReversed(), resource: resource.toReversed() };
        expect(decided(asks(), backwards)).toEqual(decided(asks(), { role, resource }));
      }),
      { seed: 7, numRuns: 500 },
    );
  });
});
