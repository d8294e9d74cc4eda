import { describe, expect, test } from "@jest/globals";
import { parseContactRequest } from "#shared/contract/contact-request.ts";
import type { Issue } from "#shared/contract/issue.ts";
import { OPERATIONS } from "#shared/contract/operation.ts";
import { printReadable } from "#shared/contract/print-readable.ts";
import { printRedacted } from "#shared/contract/print-redacted.ts";
import { aTaskRequest } from "#test/support/a-contact-request.ts";

const issuesOf = (candidate: unknown): readonly Issue[] => {
  const parsed = parseContactRequest(candidate);
  return parsed.ok ? [] : parsed.error;
};

const withInput = (input: object): unknown => ({ ...aTaskRequest(), input: { ...aTaskRequest().input, ...input } });

test("issues stand in the order of the document, and what is missing behind its siblings", () => {
  const issues = issuesOf({
    source: "a b",
    input: { Name: 1, Attributes: { "b b": "", "a a": "" }, Wrong: 1, Description: 2, Channel: "TASK" },
    expiresAt: "x",
    operation: "CreateContact",
  });
  expect(issues.map((issue) => printReadable(issue).path)).toEqual([
    "source",
    "input.Name",
    'input.Attributes["b b"]',
    'input.Attributes["a a"]',
    'input["Wrong"]',
    "input.Description",
    "input.InitiationMethod",
    "expiresAt",
    "requestId",
  ]);
});

describe("a printed issue", () => {
  test.each([
    ["a member", { Name: 1 }, "input.Name", "input.Name"],
    [
      "an entry of a map, from 0",
      { Attributes: { a: "", "b c": "" } },
      "input.Attributes{1}",
      'input.Attributes["b c"]',
    ],
    ["an unknown member", { "customer name": 1 }, "input{2}", 'input["customer name"]'],
    [
      "a member below an entry",
      { References: { "a.b": {} } },
      "input.References{0}.Type",
      'input.References["a.b"].Type',
    ],
    [
      "an item of a list, from 0",
      { SegmentAttributes: { "connect:a": { ValueList: [{}, { ValueInteger: "1" }] } } },
      "input.SegmentAttributes{0}.ValueList[1].ValueInteger",
      'input.SegmentAttributes["connect:a"].ValueList[1].ValueInteger',
    ],
    [
      "keys that a terminal would obey",
      { Attributes: { '"\u001b[31m\u009b\u202e': "" } },
      "input.Attributes{0}",
      'input.Attributes["\\"\\u001b[31m\\u009b\\u202e"]',
    ],
  ])("names %s", (_what, input, redacted, readable) => {
    const issues = issuesOf(withInput(input));
    expect(issues.map((issue) => printRedacted(issue).path)).toEqual([redacted]);
    expect(issues.map((issue) => printReadable(issue).path)).toEqual([readable]);
  });

  test("of the message as a whole has an empty path", () => {
    expect(issuesOf(null).map(printRedacted)).toEqual([
      { path: "", code: "wrong-type", message: "must be an object, not null: leave out what has no value" },
    ]);
  });

  test.each([
    [{ Name: "x".repeat(1025) }, "must be at most 1024 characters long"],
    [{ InitiateAs: "completed" }, "must be one of CONNECTED_TO_USER, COMPLETED; the nearest is COMPLETED"],
    [{ PreviousContactId: "" }, "must be at least 1 character long"],
    [{ ExpiryDurationInMinutes: 0.5 }, "must be a whole number"],
    [{ UserInfo: "u" }, "must be an object"],
    [{ Channel: undefined }, "is required and must be one of VOICE, TASK, EMAIL"],
    [
      { InitiationMethod: undefined },
      "is required and must be one of TRANSFER, OUTBOUND, AGENT_REPLY, FLOW, API (TRANSFER with the channel VOICE, API with the channel TASK, OUTBOUND or AGENT_REPLY or FLOW with the channel EMAIL)",
    ],
    [{ SegmentAttributes: { "connect:Subtype": "connect:SMS" } }, 'must be an object (such as {"ValueString":"…"})'],
    [{ clientToken: "t" }, "is not a name that the contract knows here; the nearest known name is ClientToken"],
    [{ Colour: "t" }, "is not a name that the contract knows here: unknown members are refused, not dropped"],
    [{ Attributes: { "a b": "" } }, "a key of this map must consist of letters A to Z, digits, - and _"],
  ])("says the rule in one sentence: %#", (input, message) => {
    expect(issuesOf(withInput(input))[0]?.message).toBe(message);
  });
});

test("an unknown operation is answered with the four names and the nearest", () => {
  const [issue] = issuesOf({ ...aTaskRequest(), operation: "createContact" });
  expect(issue?.message).toBe(`must be one of ${OPERATIONS.join(", ")}; the nearest is CreateContact`);
});

describe("the key __proto__", () => {
  const parsed = (json: string): unknown => JSON.parse(json);

  test.each([
    ["in attributes", '{"Attributes":{"a":"b","__proto__":"x"}}', ["input.Attributes{1} not-allowed"]],
    ["in segment attributes", '{"SegmentAttributes":{"__proto__":{}}}', ["input.SegmentAttributes{0} not-allowed"]],
    [
      "deep in segment attributes",
      '{"SegmentAttributes":{"connect:a":{"ValueList":[{"ValueMap":{"__proto__":{}}}]}}}',
      ["input.SegmentAttributes{0}.ValueList[0].ValueMap{0} not-allowed"],
    ],
    ["in references", '{"References":{"__proto__":{"Type":"STRING"}}}', ["input.References{0} not-allowed"]],
    ["as an unknown member", '{"__proto__":{"Name":"x"}}', ["input{2} unknown-member"]],
    ["inside a structure", '{"UserInfo":{"__proto__":{"UserId":"x"}}}', ["input.UserInfo{0} unknown-member"]],
  ])("is refused %s and not lost", (_where, json, expected) => {
    const input = { ...(parsed('{"Channel":"TASK","InitiationMethod":"API"}') as object) };
    for (const [key, value] of Object.entries(parsed(json) as object)) {
      Object.defineProperty(input, key, { value, enumerable: true });
    }
    const issues = issuesOf({ ...aTaskRequest(), input }).map(printRedacted);
    expect(issues.map(({ path, code }) => `${path} ${code}`)).toEqual(expected);
    expect(Object.prototype).not.toHaveProperty("Name");
  });
});
