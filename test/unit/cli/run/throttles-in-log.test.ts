import { describe, expect, test } from "@jest/globals";
import { ThrottlesInLog } from "#cli/run/throttles-in-log.ts";

describe("counting throttled calls by the log", () => {
  test("counts those of each operation, and passes over all other lines", () => {
    const log = new ThrottlesInLog();
    const throttled = { message: "Call failed", operation: "CreateContact", kind: "throttled" };
    const lines = [
      JSON.stringify(throttled),
      JSON.stringify({ ...throttled, operation: "OutboundEmail" }),
      JSON.stringify(throttled),
      JSON.stringify({ ...throttled, kind: "transient" }),
      JSON.stringify({ ...throttled, operation: "Unknown" }),
      JSON.stringify({ ...throttled, message: "Contact started" }),
      "Node.js v24",
      "null",
    ];
    for (const line of lines) log.note(line);

    expect([log.of("CreateContact"), log.of("OutboundEmail"), log.of("StartEmailContact")]).toEqual([2, 1, 0]);
  });
});
