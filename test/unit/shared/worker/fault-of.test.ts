import { describe, expect, test } from "@jest/globals";
import { faultOf } from "#shared/worker/fault-of.ts";
import { UnreadableItemError } from "#shared/worker/unreadable-item-error.ts";

describe("what an error may say in a log", () => {
  test("is its class and where it was thrown, never its message", () => {
    const fault = faultOf(new TypeError("a customer's secret"));
    expect(fault).toMatch(/^TypeError at .*fault-of\.test\.ts/);
    expect(fault).not.toContain("secret");
  });

  test("is nothing of a message that looks like a place in the code", () => {
    expect(faultOf(new Error("no\n    at secret (secret.ts:1:1)"))).not.toContain("secret");
  });

  test("is the message too where an item of the state table cannot be read, which names places alone", () => {
    const fault = faultOf(new UnreadableItemError("The ledger holds an item that cannot be read (lease.sinceMs)."));
    expect(fault).toMatch(
      /^UnreadableItemError: The ledger holds an item that cannot be read \(lease\.sinceMs\)\. at /,
    );
  });

  test.each([["text"], [undefined], [42]])("is no more than its type where no error was thrown: %p", (thrown) => {
    expect(faultOf(thrown)).toBe(typeof thrown);
  });
});
