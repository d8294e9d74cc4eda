import { describe, expect, test } from "@jest/globals";
import { parseContactRequest } from "#shared/contract/contact-request.ts";
import { anEmailContactRequest, aTaskRequest } from "#test/support/a-contact-request.ts";
import { issuesIn } from "./issues-in.ts";

/** Generous for a busy machine, and far below what unbounded work would take. */
const PATIENCE_MS = 15_000;

const entries = (count: number, value: unknown): object =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`key ${index}`, value]));

const nested = (member: string, depth: number): unknown => {
  let value: unknown = {};
  for (let level = 0; level < depth; level += 1) value = { [member]: member === "ValueList" ? [value] : { a: value } };
  return value;
};

const withInput = (input: object): unknown => ({ ...aTaskRequest(), input: { ...aTaskRequest().input, ...input } });

const body = (Body: string) =>
  anEmailContactRequest({
    input: { EmailMessage: { MessageSourceType: "RAW", RawMessage: { Subject: "", Body, ContentType: "text/plain" } } },
  });

describe("a hostile request is answered soon", () => {
  test.each([
    ["50,000 attributes", withInput({ Attributes: entries(50_000, "v") }), ["too-large"]],
    ["200,000 unknown members", withInput(entries(200_000, 1)), ["too-large"]],
    [
      "a list of 200,000 addresses",
      { ...anEmailContactRequest(), input: { Attachments: Array(200_000).fill({}) } },
      ["too-large"],
    ],
    ["19,000 attributes that are wrong twice", withInput({ Attributes: entries(19_000, 1) }), 38_001],
    ["9,000 references that are wrong, and too large together", withInput({ References: entries(9000, {}) }), 9001],
    [
      "maps nested 9,000 deep",
      withInput({ SegmentAttributes: { a: nested("ValueMap", 9000) } }),
      [`input.SegmentAttributes["a"]${'.ValueMap["a"]'.repeat(7)}.ValueMap too-deep`],
    ],
    ["maps nested 100,000 deep", withInput({ SegmentAttributes: { a: nested("ValueMap", 100_000) } }), ["too-large"]],
    [
      "lists nested 9,000 deep",
      withInput({ SegmentAttributes: { "connect:a": nested("ValueList", 9000) } }),
      [`input.SegmentAttributes["connect:a"]${".ValueList[0]".repeat(7)}.ValueList too-deep`],
    ],
    [
      "an unknown member nested 9,000 deep",
      withInput({ Deep: nested("ValueMap", 9000) }),
      ['input["Deep"] unknown-member'],
    ],
    [
      "an address of a million dots",
      {
        ...anEmailContactRequest(),
        input: { ...anEmailContactRequest().input, DestinationEmailAddress: `a@${".".repeat(1_000_000)} ` },
      },
      ["input.DestinationEmailAddress too-long"],
    ],
    ["an unknown name of a million characters", withInput({ ["N".repeat(1_000_000)]: 1 }), 1],
    ["a body of 10,485,760 letters", body("x".repeat(10_485_760)), ["input.EmailMessage.RawMessage.Body too-long"]],
  ])("%s", (_what, candidate, expected) => {
    const begun = performance.now();
    const issues = issuesIn(candidate);
    expect(performance.now() - begun).toBeLessThan(PATIENCE_MS);
    expect(typeof expected === "number" ? issues.length : issues).toEqual(expected);
  });

  test("20,000 values in all are read, one more is not", () => {
    // The request, its input and what the builder puts there are six values.
    expect(issuesIn(withInput({ Attributes: entries(19_994, "") }))).not.toEqual(["too-large"]);
    expect(issuesIn(withInput({ Attributes: entries(19_995, "") }))).toEqual(["too-large"]);
  });
});

test("an ordinary request takes a few milliseconds at most", () => {
  const request = aTaskRequest({ input: { Name: "Call back", Attributes: { orderId: "4711", language: "de" } } });
  const rounds = 2000;
  for (let warmUp = 0; warmUp < rounds; warmUp += 1) parseContactRequest(request);
  const begun = performance.now();
  for (let round = 0; round < rounds; round += 1) parseContactRequest(request);
  expect((performance.now() - begun) / rounds).toBeLessThan(5);
});
