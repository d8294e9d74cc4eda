import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { knownNames } from "#shared/contract/known-names.ts";
import { screenedText } from "#shared/failures/screened-text.ts";

const NAMES = knownNames();

describe("a text of AWS's", () => {
  test.each([
    [
      "1 validation error detected: Value at 'emailMessage.rawMessage.body' failed to satisfy constraint: Member must not be null",
      "[withheld] validation error detected: Value at 'emailMessage.rawMessage.body' failed to satisfy constraint: Member must not be null",
    ],
    [
      "Invalid phone number +491711234567 for DestinationEndpoint",
      "Invalid phone number [withheld] for DestinationEndpoint",
    ],
    ["The email address ana.maria@example.com is not valid.", "The email address [withheld] is not valid."],
    ["The client token was used with other parameters.", "The client token was used with other parameters."],
  ])("keeps what AWS says and drops what it quotes: %s", (text, screened) => {
    expect(screenedText(text, NAMES)).toBe(screened);
  });

  test("never lets a value through, however AWS words it around", () => {
    const marker = "xq7Zk";
    const around = fc.string({ unit: "grapheme", maxLength: 40 });
    fc.assert(
      fc.property(around, around, (before, after) => {
        expect(screenedText(`${before} ${marker}${after}`, NAMES)).not.toContain(marker);
      }),
      { seed: 20261120 },
    );
  });

  test("keeps no digits: they may be a phone number", () => {
    expect(screenedText("Invalid 5550100 value", NAMES)).not.toMatch(/\d/);
  });

  test.each([["invalid value "], ["invalid 5550100 "], ["5550100 value "]])(
    "is of bounded length and cuts no mark in two: %s",
    (text) => {
      const screened = screenedText(text.repeat(10_000), NAMES);
      expect(screened.length).toBeLessThanOrEqual(600);
      expect(screened.replaceAll("[withheld]", "")).not.toMatch(/\[|\]|withheld/);
    },
  );
});
