import { describe, expect, test } from "@jest/globals";
import { destination } from "#cli/run/destination.ts";

describe("the queue of a line that nobody has checked", () => {
  test.each([
    ["is that of its operation", '{"operation":"StartEmailContact"}', "StartEmailContact"],
    ["is CreateContact's for an unknown operation", '{"operation":"StartTaskContact"}', "CreateContact"],
    ["is CreateContact's for no JSON", '{"operation":"StartEmailContact"', "CreateContact"],
    ["is CreateContact's for no object", "null", "CreateContact"],
  ])("%s", (_name, text, operation) => {
    expect(destination(text)).toBe(operation);
  });
});
