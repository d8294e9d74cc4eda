import { describe, expect, test } from "@jest/globals";
import { checkLine } from "#cli/check-line.ts";
import { aTaskRequest } from "#test/support/a-contact-request.ts";

const check = (text: string) => checkLine({ kind: "text", line: 7, text });

/** What is wrong, without the sentences. */
const verdict = (text: string) => {
  const checked = check(text);
  return checked.ok ? "good" : [checked.requestId, ...checked.issues.map(({ path, code }) => `${path}: ${code}`)];
};

describe("a checked line", () => {
  test("gives the request and the text as written", () => {
    const text = ` ${JSON.stringify(aTaskRequest(), null, 1).replaceAll("\n", " ")}`;

    expect(check(text)).toEqual({ ok: true, line: 7, text, request: aTaskRequest() });
  });

  test.each([
    ["that is not JSON", '{"requestId":"a/1"', [null, ": not-json"]],
    ["with two values", "{} {}", [null, ": not-json"]],
    ["that is no object", "[]", [null, ": wrong-type"]],
    [
      "without the requestId",
      JSON.stringify({ ...aTaskRequest(), requestId: undefined }),
      [null, "requestId: required"],
    ],
    [
      "whose requestId is legible",
      JSON.stringify({ ...aTaskRequest({ requestId: "a/1" }), extra: 1 }),
      ["a/1", '["extra"]: unknown-member'],
    ],
    [
      "with a bad key, which is written out",
      JSON.stringify(aTaskRequest({ requestId: "a/2", input: { Attributes: { "customer name": "x" } } })),
      ["a/2", 'input.Attributes["customer name"]: pattern'],
    ],
    ["that is nested without end", "[".repeat(100_000), [null, ": not-json"]],
  ])("%s is refused for that", (_name, text, expected) => {
    expect(verdict(text)).toEqual(expected);
  });

  test.each([
    ["too-long", "too-large"],
    ["not-utf-8", "not-utf-8"],
  ] as const)("that is %s has the issue %s about the line itself", (kind, code) => {
    expect(checkLine({ kind, line: 3 })).toMatchObject({
      ok: false,
      line: 3,
      requestId: null,
      issues: [{ path: "", code }],
    });
  });
});
