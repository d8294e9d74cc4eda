import { describe, expect, test } from "@jest/globals";
import type { TemplateJob } from "#shared/backfill/backfill-job.ts";
import { compileTemplate } from "#shared/backfill/template/compile-template.ts";
import { parseContactRequest } from "#shared/contract/contact-request.ts";
import { OPERATIONS } from "#shared/contract/operation.ts";
import { aChatRequest } from "#test/support/a-contact-request.ts";
import { aRequestFor } from "#test/support/a-request-for.ts";
import { aCsvJob, aTaskTemplate } from "./a-job.ts";

const COLUMNS = ["id", "name", "minutes", "city"];
const CELLS = ["4711", "Ada", "90", "Berlin"];

const filled = (job: TemplateJob, cells: readonly (string | number | boolean)[] = CELLS) => {
  const compiled = compileTemplate(job, COLUMNS);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.error));
  return compiled.value.fill(cells);
};

const problems = (overrides: Partial<TemplateJob>, columns: readonly string[] = COLUMNS) => {
  const compiled = compileTemplate(aCsvJob(overrides), columns);
  return compiled.ok ? [] : compiled.error.map(({ code }) => code);
};

const chatJob = (input: object): TemplateJob => {
  const { requestId: _ownOfEachRow, ...template } = aChatRequest();
  return aCsvJob({
    operation: "StartOutboundChatContact",
    template: { ...template, input: { ...template.input, ...input } },
  });
};

describe("a request that is made of a row", () => {
  test("has the job and the key as its requestId, and the job as its source", () => {
    expect(filled(aCsvJob())).toEqual({
      requestId: "spring/4711",
      source: "spring",
      ...aTaskTemplate({ Name: "Ada" }),
    });
  });

  test("keeps the source of its template", () => {
    expect(filled(aCsvJob({ template: { ...aTaskTemplate(), source: "{{city}}" } }))).toMatchObject({
      source: "Berlin",
    });
  });

  test("has the sending hours of the job", () => {
    const sendingHours = { from: "09:00", to: "20:00", timeZone: "Europe/Berlin" };
    expect(filled(aCsvJob({ sendingHours }))).toMatchObject({ sendingHours });
  });

  test.each(OPERATIONS)("of %s is the template where that has no placeholder", (operation) => {
    const { requestId, ...template } = aRequestFor(operation, "spring/4711");
    expect(filled(aCsvJob({ operation, template }))).toEqual({ requestId, source: "spring", ...template });
  });

  test("has values in texts, lists and maps, at any depth, and braces where they are doubled", () => {
    const input = {
      Attributes: { city: "{{city}}", both: "{{name}} of {{city}}", literal: "{{{{city}}", "{{{{key": "x" },
      SupportedMessagingContentTypes: ["text/plain", "{{name}}"],
      SegmentAttributes: { a: { ValueMap: { b: { ValueString: "<{{name}}>" } } } },
    };
    expect(filled(chatJob(input))).toMatchObject({
      input: {
        Attributes: { city: "Berlin", both: "Ada of Berlin", literal: "{{city}}", "{{key": "x" },
        SupportedMessagingContentTypes: ["text/plain", "Ada"],
        SegmentAttributes: { a: { ValueMap: { b: { ValueString: "<Ada>" } } } },
      },
    });
  });

  test("keeps the members in the order of the template", () => {
    const input = { Name: "{{name}}", Description: "x", Channel: "TASK", InitiationMethod: "{{city}}" };
    const request = filled(aCsvJob({ template: { operation: "CreateContact", input } }));
    expect(JSON.stringify(request)).toContain(
      '"Name":"Ada","Description":"x","Channel":"TASK","InitiationMethod":"Berlin"',
    );
  });

  test("shares nothing that changes with the next row", () => {
    const compiled = compileTemplate(aCsvJob(), COLUMNS);
    if (!compiled.ok) throw new Error("The template is good.");
    const first = compiled.value.fill(CELLS);
    const second = compiled.value.fill(["4712", "Grace", "", ""]);
    expect([first, second]).toMatchObject([{ input: { Name: "Ada" } }, { input: { Name: "Grace" } }]);
  });

  test("has an empty text for an empty cell", () => {
    expect(filled(aCsvJob(), ["1", "", "", ""])).toMatchObject({ input: { Name: "" } });
  });
});

describe("a placeholder alone in a text", () => {
  const duration = (cell: string | number | boolean, written = "{{minutes}}") => {
    const request = filled(chatJob({ ChatDurationInMinutes: written }), ["1", "", cell, ""]);
    return JSON.parse(JSON.stringify(request)).input.ChatDurationInMinutes;
  };

  test.each([
    ["90", 90],
    ["-1", -1],
    ["1.5", 1.5],
    ["0", 0],
    [90, 90],
    ["", ""],
    ["ninety", "ninety"],
    [" 90", " 90"],
    ["090", "090"],
    ["1e3", "1e3"],
    ["0x5a", "0x5a"],
    ["Infinity", "Infinity"],
    [true, true],
  ])("where the contract wants a number: %j becomes %j", (cell, value) => expect(duration(cell)).toBe(value));

  test.each([
    ["90", "90"],
    [90, "90"],
    [1.5, "1.5"],
    [true, "true"],
    ["true", "true"],
    ["0123", "0123"],
  ])("where the contract wants a text: %j becomes %j", (cell, value) => {
    const request = filled(chatJob({ Attributes: { a: "{{minutes}}" } }), ["1", "", cell, ""]);
    expect(request).toMatchObject({ input: { Attributes: { a: value } } });
  });

  test("is a number in a map and in a list too", () => {
    const input = {
      SegmentAttributes: {
        "connect:Subtype": { ValueString: "connect:SMS" },
        a: { ValueMap: { b: { ValueInteger: "{{minutes}}" } } },
      },
    };
    const request = filled(chatJob(input));
    expect(parseContactRequest(request)).toMatchObject({ ok: true });
    expect(request).toMatchObject({ input: { SegmentAttributes: { a: { ValueMap: { b: { ValueInteger: 90 } } } } } });
  });

  test("is a text with anything around it", () => expect(duration("90", "{{minutes}} ")).toBe("90 "));
});

describe("before the first row", () => {
  test("all unknown columns are named at once, with the nearest there are", () => {
    const template = aTaskTemplate({ Name: "{{nam}}", Description: "{{City}} {{colour}} {{nam}}" });
    const compiled = compileTemplate(aCsvJob({ template, keyColumn: "ident" }), COLUMNS);
    expect(!compiled.ok && compiled.error.map(({ message }) => message)).toEqual([
      'The key column "ident" is not in the file. Its columns are "id", "name", "minutes", "city".',
      'The template names what is no column of the file: {{nam}} (did you mean "name"?), {{City}} (did you mean "city"?), {{colour}}. Its columns are "id", "name", "minutes", "city".',
    ]);
  });

  test.each([
    ["id;name;city", ' That looks like several, with another delimiter: --delimiter ";".'],
    ["id\tname", " That looks like several, with another delimiter: --delimiter tab."],
    ['{"id":"k-1"}', " That looks like JSON: name its format with --format."],
    ["customer", ""],
  ])("a file whose only column is %j is told what it looks like", (column, hint) => {
    const compiled = compileTemplate(aCsvJob({ template: aTaskTemplate({}), keyColumn: "id" }), [column]);
    expect(!compiled.ok && compiled.error[0]?.message).toBe(
      `The key column "id" is not in the file. Its columns are ${JSON.stringify(column)}.${hint}`,
    );
  });

  test.each<[string, Partial<TemplateJob>, readonly string[]]>([
    ["a list", { template: [] }, ["not-an-object"]],
    ["a text", { template: "{{name}}" }, ["not-an-object"]],
    ["null", { template: null }, ["not-an-object"]],
    ["a requestId", { template: { ...aTaskTemplate(), requestId: "{{id}}" } }, ["request-id"]],
    ["no operation", { template: { input: {} } }, ["operation"]],
    ["an operation from a column", { template: { operation: "{{name}}", input: {} } }, ["operation"]],
    ["another operation than the job", { operation: "OutboundEmail" }, ["operation"]],
    ["an open placeholder", { template: aTaskTemplate({ Name: "{{name" }) }, ["placeholder"]],
    ["a placeholder without a name", { template: aTaskTemplate({ Name: "{{}}" }) }, ["placeholder"]],
    [
      "a placeholder in a key",
      { template: aTaskTemplate({ Attributes: { "{{city}}": "x" } }) },
      ["placeholder-in-key"],
    ],
    [
      "an open placeholder in a key",
      { template: aTaskTemplate({ Attributes: { "{{": "x" } }) },
      ["placeholder-in-key"],
    ],
    [
      "a key that JavaScript reserves",
      { template: JSON.parse('{"operation":"CreateContact","input":{"Attributes":{"__proto__":"{{name}}"}}}') },
      ["reserved-key"],
    ],
    [
      "everything at once",
      { template: { requestId: "1", operation: "x", a: "{{", "{{b}}": "{{c}}" }, keyColumn: "d" },
      ["request-id", "operation", "placeholder", "placeholder-in-key", "unknown-key-column"],
    ],
  ])("a template with %s is refused", (_what, overrides, codes) => expect(problems(overrides)).toEqual(codes));

  test("sending hours in the template and for the job are refused", () => {
    const sendingHours = { from: "09:00", to: "20:00", timeZone: "UTC" };
    expect(problems({ template: { ...aTaskTemplate(), sendingHours }, sendingHours })).toEqual(["sending-hours-twice"]);
    expect(problems({ template: { ...aTaskTemplate(), sendingHours } })).toEqual([]);
  });
});

test("the columns that are used are known, that of the key too", () => {
  const compiled = compileTemplate(aCsvJob({ template: aTaskTemplate({ Name: "{{city}} {{city}}" }) }), COLUMNS);
  expect(compiled.ok && compiled.value.used).toEqual([0, 3]);
});
