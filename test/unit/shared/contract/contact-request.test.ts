import { describe, expect, test } from "@jest/globals";
import { parseContactRequest } from "#shared/contract/contact-request.ts";
import {
  aChatRequest,
  anEmailContactRequest,
  anOutboundEmailContactRequest,
  aTaskRequest,
} from "#test/support/a-contact-request.ts";
import { issuesIn } from "./issues-in.ts";

type Case = readonly [what: string, candidate: unknown, issues: readonly string[]];

const withInput = (input: object): unknown => ({ ...aTaskRequest(), input: { ...aTaskRequest().input, ...input } });
const withMember = (name: string, value: unknown): unknown => ({ ...aTaskRequest(), [name]: value });

const everyPrintable = String.fromCharCode(...Array.from({ length: 0x7e - 0x20 }, (_, index) => 0x21 + index));

describe("the request around the input", () => {
  test.each<Case>([
    ["an id of 128 characters", withMember("requestId", "x".repeat(128)), []],
    ["an id of 129 characters", withMember("requestId", "x".repeat(129)), ["requestId too-long"]],
    ["an empty id", withMember("requestId", ""), ["requestId too-short"]],
    ["an id with every printable ASCII character", withMember("requestId", everyPrintable), []],
    ["an id with a space", withMember("requestId", "a b"), ["requestId pattern"]],
    ["an id with a line end", withMember("requestId", "a\n"), ["requestId pattern"]],
    ["an id with an umlaut", withMember("requestId", "ä"), ["requestId pattern"]],
    ["an id that is a number", withMember("requestId", 4711), ["requestId wrong-type"]],
    ["a source of 100 characters", withMember("source", "s".repeat(100)), []],
    ["a source of 101 characters", withMember("source", "s".repeat(101)), ["source too-long"]],
    ["a source with a tab", withMember("source", "a\tb"), ["source pattern"]],
    ["an input that is a list", withMember("input", []), ["input wrong-type"]],
  ])("%s", (_what, candidate, issues) => expect(issuesIn(candidate)).toEqual(issues));

  test.each([
    "2026-12-01T09:00:00Z",
    "2026-12-01T09:00:00.123456Z",
    "2026-12-01T09:00:00+05:30",
    "2028-02-29T23:59:59-11:00",
  ])("expiresAt may be %s", (expiresAt) => expect(issuesIn(aTaskRequest({ expiresAt }))).toEqual([]));

  test.each([
    "2026-12-01T09:00:00",
    "2026-12-01",
    "2026-12-01 09:00:00Z",
    "2026-02-29T09:00:00Z",
    "2026-13-01T09:00:00Z",
    "2026-12-01T24:00:00Z",
    "2026-12-01T09:00:60Z",
    "2026-12-01T09:00:00+25:00",
    "1796115600",
    "tomorrow",
    "",
  ])("expiresAt may not be %j", (expiresAt) =>
    expect(issuesIn(aTaskRequest({ expiresAt }))).toEqual(["expiresAt pattern"]),
  );
});

describe("an unknown operation", () => {
  test("is refused with the four names, and all else that is wrong is told too", () => {
    expect(issuesIn({ operation: "StartTaskContact", requestId: "a b", input: {}, sourc: "x" })).toEqual([
      "operation not-allowed",
      "requestId pattern",
      '["sourc"] unknown-member',
    ]);
  });

  test.each<Case>([
    ["a message without anything", {}, ["requestId required", "operation required", "input required"]],
    ["an operation that is no text", withMember("operation", 1), ["operation wrong-type"]],
    ["null", null, ["wrong-type"]],
    ["a list", [aTaskRequest()], ["wrong-type"]],
    ["a text", "{}", ["wrong-type"]],
    [
      "an input that is no object",
      { requestId: "a", operation: "X", input: 1 },
      ["operation not-allowed", "input wrong-type"],
    ],
  ])("%s", (_what, candidate, issues) => expect(issuesIn(candidate)).toEqual(issues));
});

describe("lengths", () => {
  test.each<Case>([
    ["count an emoji as one character", withInput({ Name: "😀".repeat(1024) }), []],
    ["count a flag of two code points as two", withInput({ Name: "🇩🇪".repeat(513) }), ["input.Name too-long"]],
    ["leave NUL alone, which no rule refuses", withInput({ Name: "\u0000" }), []],
  ])("%s", (_what, candidate, issues) => expect(issuesIn(candidate)).toEqual(issues));

  test.each([
    ["letters", "x"],
    ["emoji", "😀"],
  ])("a body of 5,242,880 %s is let through, one more is not", (_what, character) => {
    const withBody = (Body: string) =>
      anEmailContactRequest({
        input: {
          EmailMessage: { MessageSourceType: "RAW", RawMessage: { Subject: "", Body, ContentType: "text/plain" } },
        },
      });
    expect(issuesIn(withBody(character.repeat(5_242_880)))).toEqual([]);
    expect(issuesIn(withBody(character.repeat(5_242_881)))).toEqual(["input.EmailMessage.RawMessage.Body too-long"]);
  });
});

test.each([
  ["StartEmailContact", anEmailContactRequest()],
  ["StartOutboundEmailContact", anOutboundEmailContactRequest()],
  ["CreateContact", aTaskRequest()],
  ["StartOutboundChatContact", aChatRequest()],
])("a request for %s needs no more than its builder gives", (operation, request) => {
  expect(parseContactRequest(request)).toEqual({ ok: true, value: { ...request, operation } });
});

test("members without a value are the same as none", () => {
  expect(issuesIn({ ...aChatRequest(), source: undefined })).toEqual([]);
});
