import { describe, expect, test } from "@jest/globals";
import { ContactsInLog } from "#cli/run/contacts-in-log.ts";

const started = (contactId: string) =>
  JSON.stringify({ level: "INFO", message: "Contact started", operation: "CreateContact", contactId });

describe("counting by the log", () => {
  test("counts contacts once, repeats and throttles, and passes over all other lines", () => {
    const log = new ContactsInLog();
    const throttled = { message: "Call failed", operation: "CreateContact", kind: "throttled" };
    const lines = [
      started("c1"),
      started("c2"),
      started("c1"),
      JSON.stringify(throttled),
      JSON.stringify({ ...throttled, kind: "transient" }),
      JSON.stringify({ ...throttled, operation: "Unknown" }),
      "Node.js v24",
      "null",
    ];
    for (const line of lines) log.note(line);

    expect(log.counts().CreateContact).toEqual({ contacts: 2, repeats: 1, throttled: 1 });
    expect(log.counts().StartEmailContact).toEqual({ contacts: 0, repeats: 0, throttled: 0 });
  });
});
