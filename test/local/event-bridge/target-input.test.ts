import { describe, expect, test } from "@jest/globals";
import type { MatchedEvent } from "#local/event-bridge/matched-event.ts";
import { compileTarget, type TargetDescription, targetDescription } from "#local/event-bridge/target.ts";

const matched: MatchedEvent = {
  event: {
    version: "0",
    id: "e-1",
    "detail-type": "order",
    source: "billing",
    account: "000000000000",
    time: "2026-12-01T09:00:00Z",
    region: "us-east-1",
    resources: ["arn:a"],
    detail: {
      id: 7,
      name: "Ann",
      quote: `say "hi"`,
      lines: "a\nb",
      tags: ["x", "y"],
      place: { city: "Ulm" },
      none: null,
    },
  },
  rule: { name: "orders", arn: "arn:aws:events:us-east-1:000000000000:rule/orders" },
  ingestionTime: "2026-12-01T09:00:01Z",
};

const compiled = (overrides: Partial<TargetDescription>) =>
  compileTarget(targetDescription.parse({ Id: "t", Arn: "arn:aws:sqs:us-east-1:000000000000:work", ...overrides }));
const body = (overrides: Partial<TargetDescription>) => compiled(overrides).message(matched)?.body;
const transformed = (InputTemplate: string, paths: Record<string, string> = {}) =>
  body({ InputTransformer: { InputTemplate, InputPathsMap: paths } });

test("without any input a target gets the event", () => {
  expect(body({})).toBe(JSON.stringify(matched.event));
});

test("Input is what the target gets, as it is written", () => {
  expect(body({ Input: `{ "a" : 1 }` })).toBe(`{ "a" : 1 }`);
});

test.each([
  ["$", JSON.stringify(matched.event)],
  ["$.detail.name", `"Ann"`],
  ["$.detail-type", `"order"`],
  ["$.detail.tags[1]", `"y"`],
  ["$.detail.tags", `["x","y"]`],
  ["$.detail.tags[*]", `["x","y"]`],
  ["$.detail.tags[2]", "null"],
  ["$.detail.place.city", `"Ulm"`],
  ["$.detail.nothing.here", "null"],
  ["$.resources[0]", `"arn:a"`],
])("InputPath %s gives %s", (InputPath, expected) => {
  expect(body({ InputPath })).toBe(expected);
});

describe("InputTransformer", () => {
  const paths = {
    name: "$.detail.name",
    id: "$.detail.id",
    place: "$.detail.place",
    none: "$.detail.none",
    quote: "$.detail.quote",
    lines: "$.detail.lines",
    missing: "$.detail.missing",
  };

  test.each([
    [`{"a":<name>}`, `{"a":"Ann"}`],
    [`{"a":<id>,"b":<none>}`, `{"a":7,"b":null}`],
    [`{"a":<place>}`, `{"a":{"city":"Ulm"}}`],
    [`{"a":"to <name>, <id>"}`, `{"a":"to Ann, 7"}`],
    [`"<name> is \\"<id>\\""`, `"Ann is \\"7\\""`],
    [`"in <place>"`, `"in {city:Ulm}"`],
    [`"<name>"\n"<id>"`, `"Ann"\n"7"`],
    [`{"a":"<missing>"}`, `{"a":""}`],
    [`{"a":"1 < 2 > 1"}`, `{"a":"1 < 2 > 1"}`],
    [`[<aws.events.rule-name>,<aws.events.rule-arn>]`, `["orders","${matched.rule.arn}"]`],
    [`{"at":<aws.events.event.ingestion-time>}`, `{"at":"2026-12-01T09:00:01Z"}`],
    [`{"e":<aws.events.event.json>}`, `{"e":${JSON.stringify(matched.event)}}`],
  ])("%s gives %s", (template, expected) => {
    expect(transformed(template, paths)).toBe(expected);
  });

  test("aws.events.event is the event without its detail", () => {
    const { detail: _detail, ...rest } = matched.event;
    expect(transformed(`{"e":<aws.events.event>}`)).toBe(JSON.stringify({ e: rest }));
  });

  test.each([
    ["a quote in a value of its own", `{"a":<quote>}`, `{"a":"say "hi""}`],
    ["a quote inside of a text", `{"a":"he: <quote>"}`, `{"a":"he: say "hi""}`],
    ["a line break", `{"a":<lines>}`, `{"a":"a\nb"}`],
  ])("nothing is escaped, so %s breaks the JSON", (_case, template, expected) => {
    const result = transformed(template, paths);
    expect(result).toBe(expected);
    expect(() => JSON.parse(result ?? "")).toThrow(SyntaxError);
  });

  test("an object inserted whole is JSON, whatever its texts hold", () => {
    expect(JSON.parse(transformed(`{"d":<d>}`, { d: "$.detail" }) ?? "")).toEqual({ d: matched.event.detail });
  });

  test.each<[string, Record<string, string>, RegExp]>([
    [`{"a":<unknown>}`, {}, /InputTemplate for target t contains invalid placeholder unknown/],
    ["hello <name>", paths, /Input for target t is not a valid JSON text/],
    [`{"a":<b>}`, { b: "detail.b" }, /InputPathsMap of target t has the invalid path detail\.b/],
    [`{"a":<b>}`, { b: "$.detail[?(@.x)]" }, /has the invalid path/],
    [`{"a":<b>}`, { b: "$..x" }, /has the invalid path/],
    [`{"a":1}`, { "aws.x": "$.detail" }, /has the reserved name aws\.x/],
  ])("the template %s with %j is refused", (template, map, message) => {
    expect(() => transformed(template, map)).toThrow(message);
  });
});

test.each<[string, Partial<TargetDescription>, RegExp]>([
  ["Input that is no JSON", { Input: "hello" }, /Input for target t is not a valid JSON text/],
  ["two inputs", { Input: "1", InputPath: "$" }, /Only one of Input, InputPath, or InputTransformer/],
  ["a path that is none", { InputPath: "detail" }, /Invalid InputPath for target t/],
  ["a group id whose path is none", { SqsParameters: { MessageGroupId: "$[" } }, /Invalid path \$\[ in SqsParameters/],
])("%s is refused", (_case, overrides, message) => {
  expect(() => compiled(overrides)).toThrow(message);
});

test("the retry policy is the target's, or a day and 185 attempts", () => {
  expect(compiled({})).toMatchObject({ maximumRetryAttempts: 185, maximumEventAgeMs: 86_400_000 });
  const RetryPolicy = { MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 };
  expect(compiled({ RetryPolicy })).toMatchObject({ maximumRetryAttempts: 0, maximumEventAgeMs: 60_000 });
});
