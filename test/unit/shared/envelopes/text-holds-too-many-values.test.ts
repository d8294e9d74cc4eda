import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { holdsTooManyValues, MAX_VALUES } from "#shared/contract/holds-too-many-values.ts";
import { openWrapping } from "#shared/envelopes/open-wrapping.ts";
import { textHoldsTooManyValues } from "#shared/envelopes/text-holds-too-many-values.ts";
import { parseLengths } from "#test/support/parse-lengths.ts";

const repeated = (text: string, count: number) => Array.from({ length: count }, () => text).join(",");

describe("a text that may be parsed", () => {
  test("is every one that the contract would look into, however it is written", () => {
    const text = fc
      .tuple(
        fc.constantFrom("1", '"a"', "[]", "{}", '"\\\\\\",[{"'),
        fc.integer({ min: MAX_VALUES - 3, max: MAX_VALUES }),
      )
      .map(([value, count]) => `[${repeated(value, count)}]`);
    fc.assert(
      fc.property(text, (json) => {
        expect(holdsTooManyValues(JSON.parse(json))).toBe(false);
        expect(textHoldsTooManyValues(json)).toBe(false);
      }),
      { seed: 20261120, numRuns: 30 },
    );
  });

  test("is one of commas and brackets in a string", () => {
    expect(textHoldsTooManyValues(JSON.stringify({ Body: '[{,\\"'.repeat(1_000_000) }))).toBe(false);
  });
});

describe("a text that is never parsed, in little time,", () => {
  test.each([
    ["is 32 MiB of lists", `[${"[],".repeat(11_000_000)}[]]`],
    ["is 32 MiB of lists in one another", "[".repeat(16_777_216) + "]".repeat(16_777_216)],
    ["is 32 MiB of objects", `[${"{},".repeat(11_000_000)}{}]`],
    ["is 32 MiB of numbers behind a string that ends with backslashes", `["\\\\\\\\",${"0,".repeat(16_000_000)}0]`],
  ])("%s", async (_what, text) => {
    const { result, lengths } = await parseLengths(() => openWrapping({ text, place: "The body" }));
    expect(result).toMatchObject({ ok: false, error: { failure: { code: "TooManyValues", kind: "invalid" } } });
    expect(lengths).toEqual([]);
  });
});
