import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { arnPattern } from "#local/iam/arn-pattern.ts";
import { wildcard } from "#local/iam/wildcard.ts";

/** The definition, letter by letter, without regular expressions. */
function fits([first, ...pattern]: readonly string[], text: readonly string[]): boolean {
  if (first === undefined) return text.length === 0;
  if (first === "*") return fits(pattern, text) || (text.length > 0 && fits([first, ...pattern], text.slice(1)));
  return text.length > 0 && (first === "?" || first === text[0]) && fits(pattern, text.slice(1));
}

describe("a wildcard pattern", () => {
  test("fits what its definition says, whatever else means something in a regular expression", () => {
    const letter = fc.constantFrom("a", "b", ".", "/", "(", "[", "^", "$", "\\", "+", "\n", "👍");
    const pattern = fc.array(fc.oneof({ weight: 2, arbitrary: letter }, fc.constantFrom("*", "?")), { maxLength: 8 });
    fc.assert(
      fc.property(pattern, fc.array(letter, { maxLength: 8 }), (written, text) => {
        expect(wildcard(written.join(""))(text.join(""))).toBe(fits(written, text));
      }),
      { seed: 4, numRuns: 2_000 },
    );
  });

  test("fits every text that it is made from", () => {
    const part = fc.string({ maxLength: 5 }).filter((text) => !/[*?]/.test(text));
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 5 }), part, (parts, between) => {
        expect(wildcard(parts.join("*"))(parts.join(between))).toBe(true);
      }),
      { seed: 5 },
    );
  });

  test("minds the case of letters only where it is told to", () => {
    expect(wildcard("sqs:Send*")("SQS:sendMessage")).toBe(false);
    expect(wildcard("sqs:Send*", "in-any-case")("SQS:sendMessage")).toBe(true);
  });
});

describe("an ARN pattern", () => {
  test.each([
    ["*", "arn:aws:sqs:us-east-1:1:q", true],
    ["arn:aws:sqs:us-east-1:1:q", "arn:aws:sqs:us-east-1:1:q", true],
    ["arn:aws:sqs:us-east-1:1:q", "arn:aws:sqs:us-east-1:1:qq", false],
    ["arn:aws:sqs:us-east-1:1:q*", "arn:aws:sqs:us-east-1:1:q-live", true],
    ["arn:aws:sqs:*:*:q", "arn:aws:sqs:us-east-1:1:q", true],
    // A star stays within its part.
    ["arn:aws:sqs:*:q", "arn:aws:sqs:us-east-1:1:q", false],
    ["arn:aws:s*:us-east-1:1:q", "arn:aws:sqs:us-east-1:1:q", true],
    ["arn:aws:sqs:us-east-1*:q", "arn:aws:sqs:us-east-1:1:q", false],
    ["arn:aws:sqs:us-east-1:*q", "arn:aws:sqs:us-east-1:1:q", false],
    // What is left out may be anything.
    ["arn:aws:sqs", "arn:aws:sqs:us-east-1:1:q", true],
    // The last part has colons of its own.
    ["arn:aws:logs:us-east-1:1:log-group:/x:*", "arn:aws:logs:us-east-1:1:log-group:/x:log-stream:s", true],
    ["arn:aws:s3:::bucket/*", "arn:aws:s3:::bucket/a/b:c", true],
    ["arn:aws:s3:::bucket/*", "arn:aws:s3:::bucket", false],
    ["arn:aws:s3:::bucket", "arn:aws:s3:::bucket/a", false],
    ["arn:aws:connect:us-east-1:1:instance/i", "arn:aws:connect:us-east-1:1:instance/i/contact/c", false],
    ["arn:aws:*", "*", false],
  ])("%s fits %s: %s", (pattern, arn, expected) => {
    expect(arnPattern(pattern)(arn)).toBe(expected);
  });
});
