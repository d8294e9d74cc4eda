import { expect, test } from "@jest/globals";
import { type PolicyPlace, readPolicy } from "#local/iam/read-policy.ts";

const SEND = { Effect: "Allow", Action: "sqs:SendMessage", Resource: "*" };
const when = (Condition: unknown) => ({ ...SEND, Condition });

test.each<[string, PolicyPlace, object, RegExp]>([
  [
    "an unknown operator",
    "role",
    when({ DateLessThan: { "aws:SourceArn": "x" } }),
    /the operator DateLessThan is not known/,
  ],
  [
    "an operator that only looks right",
    "role",
    when({ stringEquals: { "aws:SourceArn": "x" } }),
    /operator stringEquals/,
  ],
  ["an unknown key", "role", when({ StringEquals: { "aws:SourceVpc": "x" } }), /the key aws:SourceVpc is not known/],
  ["an unknown key that must be absent", "role", when({ Null: { "aws:SourceVpc": true } }), /key aws:SourceVpc/],
  [
    "several values without a quantifier",
    "role",
    when({ StringEquals: { "dynamodb:LeadingKeys": "a" } }),
    /ForAllValues:StringEquals/,
  ],
  [
    "a policy variable in a condition",
    "role",
    when({ StringEquals: { "aws:SourceArn": `\${aws:username}` } }),
    /policy variables/,
  ],
  [
    "a policy variable in a resource",
    "role",
    { ...SEND, Resource: `arn:aws:s3:::b/\${aws:username}` },
    /policy variables/,
  ],
  ["a resource that is no ARN", "role", { ...SEND, Resource: "https://queue" }, /https:\/\/queue is neither an ARN/],
  ["a role's policy without a resource", "role", { ...SEND, Resource: undefined }, /names a Resource/],
  ["a role's policy with a principal", "role", { ...SEND, Principal: "*" }, /names no Principal/],
  ["a resource's policy without a principal", "resource", SEND, /names a Principal/],
  ["an element that excludes another", "role", { ...SEND, NotAction: "sqs:*" }, /exclude each other/],
  ["no action", "role", { ...SEND, Action: undefined }, /names no Action/],
  ["everybody but somebody", "resource", { ...SEND, NotPrincipal: "*" }, /NotPrincipal/],
  ["a wildcard in a principal", "resource", { ...SEND, Principal: { AWS: "arn:aws:iam::1:role/*" } }, /has a wildcard/],
  ["an unknown kind of principal", "resource", { ...SEND, Principal: { Robot: "r" } }, /Principal.*Robot/],
  ["an effect that is none", "role", { ...SEND, Effect: "allow" }, /Effect/],
])("%s is an error that says so, and never passed over", (_what, place, statement, message) => {
  expect(() => readPolicy({ Statement: [statement] }, place)).toThrow(message);
});

test("the error names the statement, by its Sid or its place", () => {
  const wrong = { ...SEND, Resource: "queue" };
  expect(() => readPolicy({ Statement: [SEND, wrong] }, "role")).toThrow(/policy statement 2:/);
  expect(() => readPolicy({ Statement: [SEND, { ...wrong, Sid: "Send" }] }, "role")).toThrow(/policy statement Send:/);
});
