import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { openRowSource } from "#cli/backfill/input/open-row-source.ts";
import { completeJob, givenJob } from "#cli/backfill/job/given-job.ts";
import { inputFormatOf } from "#cli/backfill/job/input-format-of.ts";
import { jobDifferences } from "#cli/backfill/job/job-differences.ts";
import type { JobOptions } from "#cli/backfill/job/job-options.ts";
import { templateHash } from "#cli/backfill/job/template-hash.ts";
import { isTemplateJob, type TemplateJob } from "#shared/backfill/backfill-job.ts";
import { aTaskRequest } from "#test/support/a-contact-request.ts";
import { A_TASK_TEMPLATE } from "#test/support/backfill/a-backfill.ts";
import { asJsonl, type WrittenFiles, writtenFiles } from "#test/support/written-files.ts";

let files: WrittenFiles;
let template: string;
beforeAll(async () => {
  files = await writtenFiles();
  template = await files.write("template.json", A_TASK_TEMPLATE);
});
afterAll(async () => files.remove());

const OPTIONS: JobOptions = { prefix: "contact-requests", job: "spring", key: "id" };
const noAccess = () => Promise.reject(new Error("No access is needed for it."));

const aJob = async (options: Partial<JobOptions> = {}): Promise<TemplateJob> => {
  const given = await givenJob("rows.csv", { ...OPTIONS, template, ...options });
  if (!("template" in given) || !isTemplateJob(given)) throw new Error("It is no job with a template.");
  return given;
};

/** A template as text, with this JSON as its name. */
const taskNamed = (json: string): string => `{"operation":"CreateContact","input":{"Name":${json}}}`;

describe("a job as the options describe it", () => {
  test("has the template, its operation, the key and the hours", async () => {
    const hours = { between: { from: "09:00", to: "20:00" }, timeZone: "Europe/Berlin" };

    expect(await aJob(hours)).toEqual({
      job: "spring",
      operation: "CreateContact",
      format: { kind: "csv", delimiter: "," },
      template: JSON.parse(A_TASK_TEMPLATE),
      keyColumn: "id",
      sendingHours: { from: "09:00", to: "20:00", timeZone: "Europe/Berlin" },
    });
  });

  test("may come from an editor that puts a mark before the text", async () => {
    const path = await files.write("marked.json", `\uFEFF${A_TASK_TEMPLATE}`);

    expect((await aJob({ template: path })).template).toEqual(JSON.parse(A_TASK_TEMPLATE));
  });

  test("takes the operation of contact requests from the first of them", async () => {
    const path = await files.write("requests.jsonl", asJsonl([aTaskRequest()]));
    const { key: _key, ...options } = OPTIONS;
    const source = await openRowSource(path, noAccess);

    expect(await completeJob(await givenJob(path, options), source)).toEqual({
      job: "spring",
      operation: "CreateContact",
      format: { kind: "requests" },
    });
    await source.close();
  });

  test.each([
    ["requests of an unknown operation", '{"operation":"Call"}\n', /The first request in .* must have an operation/],
    ["lines that are no objects", "[]\n", /No line is a JSON object/],
  ])("refuses %s", async (_name, content, sentence) => {
    const path = await files.write("others.jsonl", content);
    const { key: _key, ...options } = OPTIONS;
    const source = await openRowSource(path, noAccess);

    await expect(completeJob(await givenJob(path, options), source)).rejects.toThrow(sentence);
    await source.close();
  });

  test.each<readonly [string, Partial<JobOptions>, RegExp]>([
    ["a file of rows without a template", { template: undefined } as never, /^--template is needed/],
    ["rows without a key", { key: undefined } as never, /^--key is needed/],
    ["contact requests with a template", { format: "requests" }, /^--template and --key are for files of rows/],
    ["a delimiter for JSON", { format: "jsonl", delimiter: ";" }, /^--delimiter is for CSV files/],
    ["a delimiter of two characters", { delimiter: ";;" }, /^--delimiter must be one ASCII character/],
    ["a quote as the delimiter", { delimiter: '"' }, /^--delimiter must be one ASCII character/],
    ["hours without a time zone", { between: { from: "09:00", to: "20:00" } }, /^--between and --time-zone belong/],
    ["a time zone without hours", { timeZone: "UTC" }, /^--between and --time-zone belong/],
    ["hours that are none", { between: { from: "25:00", to: "26:00" }, timeZone: "UTC" }, /^--between: must be a time/],
    ["a time zone that is none", { between: { from: "09:00", to: "20:00" }, timeZone: "Berlin" }, /^--time-zone: /],
    ["a template that there is not", { template: "/nothing.json" }, /^\/nothing\.json does not exist/],
  ])("refuses %s, before a row is read", async (_name, options, sentence) => {
    await expect(aJob(options)).rejects.toMatchObject({
      name: "CommandError",
      message: expect.stringMatching(sentence),
      exitStatus: 2,
    });
  });

  test.each([
    ["not JSON", '{"operation":\n "x",}', /is not JSON \(line 2, column 6\)/],
    ["no object", "[]", /it must be one JSON object/],
    ["without an operation", "{}", /must have an operation, which is one of/],
    ["not UTF-8", Buffer.from([0x7b, 0xff, 0x7d]), /is not UTF-8/],
    ["half an emoji", taskNamed('"\\ud83d"'), /can be no template: input\.Name holds half of a surrogate pair/],
    ["half an emoji in a list", taskNamed('["a","\\ude00"]'), /can be no template: input\.Name\.1 holds half of/],
    ["half an emoji as a key", taskNamed('{"\\ud83d":1}'), /can be no template: the key "\\ud83d" holds half of/],
    ["a number that is infinite", taskNamed("-1e999"), /can be no template: input\.Name is a number that is too large/],
    ["thousands of levels", taskNamed(`${"[".repeat(50_000)}${"]".repeat(50_000)}`), /it has more than 100 levels/],
  ])("refuses a template that is, or has, %s", async (_name, content, sentence) => {
    const path = await files.write("wrong.json", content);

    await expect(aJob({ template: path })).rejects.toMatchObject({
      name: "CommandError",
      message: expect.stringMatching(sentence),
      exitStatus: 2,
    });
  });

  test("takes a template of a hundred levels, and makes a hash of it", async () => {
    const path = await files.write("deep.json", taskNamed(`${"[".repeat(97)}"🙂"${"]".repeat(97)}`));

    expect(templateHash(await aJob({ template: path }))).toMatch(/^[0-9a-f]{64}$/);
  });

  test("says of a directory that the template is to be named", async () => {
    await expect(aJob({ template: files.directory })).rejects.toThrow(
      "is a directory: name the file with the template.",
    );
  });
});

test.each([
  ["rows.csv", {}, { kind: "csv", delimiter: "," }],
  ["rows.tsv", {}, { kind: "csv", delimiter: "\t" }],
  ["ROWS.TSV", {}, { kind: "csv", delimiter: "\t" }],
  ["rows.csv", { delimiter: "tab" }, { kind: "csv", delimiter: "\t" }],
  ["-", {}, { kind: "csv", delimiter: "," }],
  ["rows.jsonl", { template: "t" }, { kind: "rows" }],
  ["rows.NDJSON", { template: "t" }, { kind: "rows" }],
  ["rows.jsonl", {}, { kind: "requests" }],
  ["-", { format: "requests" as const }, { kind: "requests" }],
  ["rows.txt", { format: "jsonl" as const }, { kind: "rows" }],
])("takes %s with %j for %j", (path, options, format) => {
  expect(inputFormatOf(path, options)).toEqual(format);
});

describe("the hash of what makes rows requests", () => {
  test("does not depend on how the template is written", async () => {
    const reordered = await files.write(
      "reordered.json",
      JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(A_TASK_TEMPLATE)).toReversed()), null, 2),
    );

    expect(templateHash(await aJob({ template: reordered }))).toBe(templateHash(await aJob()));
  });

  test.each<readonly [string, (job: TemplateJob) => TemplateJob]>([
    ["another template", (job) => ({ ...job, template: { operation: "CreateContact" } })],
    ["another key column", (job) => ({ ...job, keyColumn: "number" })],
    ["another format or delimiter", (job) => ({ ...job, format: { kind: "csv", delimiter: ";" } })],
    ["another operation", (job) => ({ ...job, operation: "OutboundEmail" })],
    ["other sending hours", (job) => ({ ...job, sendingHours: { from: "09:00", to: "20:00", timeZone: "UTC" } })],
  ])("is another with %s, and people are told so", async (name, change) => {
    const job = await aJob();

    expect(templateHash(change(job))).not.toBe(templateHash(job));
    expect(jobDifferences(job, change(job))).toEqual([name]);
  });
});
