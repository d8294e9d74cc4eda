import { describe, expect, test } from "@jest/globals";
import { OPERATIONS } from "#shared/contract/operation.ts";
import { outboundEmailStep } from "#shared/contract/outbound-email-step.ts";
import { requestKey, stateKeysOf } from "#shared/contract/state-key.ts";

describe("the keys of the state table that a worker needs", () => {
  test.each([
    ["CreateContact", ["request#CreateContact#*#*", "bucket#CreateContact"]],
    [
      "OutboundEmail",
      [
        "request#OutboundEmail/CreateContact#*#*",
        "request#OutboundEmail/CreateContact/*#*#*",
        "request#OutboundEmail/StartOutboundEmailContact#*#*",
        "bucket#CreateContact",
        "bucket#StartOutboundEmailContact",
        "bucket#StopContact",
      ],
    ],
  ] as const)("%s", (operation, keys) => {
    expect(stateKeysOf(operation)).toEqual(keys);
  });

  test.each([
    [1, "request#OutboundEmail/CreateContact#i#r"],
    [2, "request#OutboundEmail/CreateContact/2#i#r"],
  ])("are those of the drafts, the %i. too", (draft, key) => {
    const operation = outboundEmailStep("CreateContact", draft);
    expect(requestKey({ operation, instanceId: "i", requestId: "r" })).toBe(key);
  });

  test("are of no other operation's requests", () => {
    const patterns = OPERATIONS.flatMap((operation) =>
      stateKeysOf(operation).filter((key) => key.startsWith("request#")),
    );
    const prefixes = patterns.map((pattern) => pattern.slice(0, pattern.indexOf("*")));
    const nested = prefixes.flatMap((one, at) => prefixes.filter((other, of) => of !== at && other.startsWith(one)));
    expect(nested).toEqual([]);
  });
});
