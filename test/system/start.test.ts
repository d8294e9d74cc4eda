import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import * as z from "zod";
import { aTaskRequest } from "#test/support/a-contact-request.ts";
import { type CliOutcome, runCli, startCli } from "#test/support/cli-process.ts";
import { eventually } from "#test/support/eventually.ts";
import { asJsonl, type WrittenFiles, writtenFiles } from "#test/support/written-files.ts";

const summarySchema = z.strictObject({
  requests: z.number(),
  contacts: z.number(),
  deadLetters: z.record(z.string(), z.number()),
  throttled: z.number(),
  elapsedMs: z.number(),
  ways: z.record(z.string(), z.number()),
});

let files: WrittenFiles;
beforeAll(async () => {
  files = await writtenFiles();
});
afterAll(async () => files.remove());

describe("npm start", () => {
  let outcome: CliOutcome;
  beforeAll(async () => {
    outcome = await runCli("start.ts", ["--json"]);
  });

  test("ends with a summary of the samples that adds up", () => {
    expect(outcome.status).toBe(0);
    const lines = outcome.stdout.trimEnd().split("\n");
    const summary = summarySchema.parse(JSON.parse(lines.at(-1) ?? ""));

    const deadLetters = Object.values(summary.deadLetters).reduce((sum, count) => sum + count, 0);
    expect(summary.requests).toBeGreaterThanOrEqual(40);
    expect(summary.contacts + deadLetters).toBe(summary.requests);
    expect(Object.keys(summary.deadLetters)).toEqual(
      expect.arrayContaining(["ContractViolation", "NotJson", "InstanceNotServed", "Expired", "ContentDiffers"]),
    );
  });

  test("sends one request by each way in, beside the messages", () => {
    const { ways, requests } = summarySchema.parse(JSON.parse(outcome.stdout));
    const { message = 0, ...others } = ways;

    expect(others).toEqual({ event: 1, notification: 1, pointer: 1, attachment: 1 });
    expect(message).toBe(requests - 4);
  });

  test("shows how it goes on, at the pace of the quota", () => {
    const done = [...outcome.stderr.matchAll(/(\d+) of 57 done/g)].map((match) => Number(match[1]));

    expect(done.at(-1)).toBe(57);
    expect(done.length).toBeGreaterThanOrEqual(4);
    expect(done).toEqual(done.toSorted((one, other) => one - other));
  });
});

describe("npm start with a file", () => {
  test("sends every line of it, and counts what was repeated and what was not sent", async () => {
    const request = aTaskRequest({ requestId: "own/1", input: { Name: "Own 🙂" } });
    const large = aTaskRequest({ requestId: "own/large", input: { Name: "x".repeat(1_048_576) } });
    await files.write("own.jsonl", `${asJsonl([request, request, large])}\nnot json`);
    const { status, stdout, stderr } = await runCli("start.ts", ["own.jsonl"], { env: { INIT_CWD: files.directory } });

    expect(status).toBe(1);
    expect(stderr).toMatch(/^own\.jsonl:3 own\/large\n {2}was not sent: .*1 MiB/m);
    expect(stderr).toMatch(/ 3 of 3 done, 1 contact, 1 dead letter, 0 throttled\n/);
    expect(stdout).toMatch(/^CreateContact +3 +1 +1 +0$/m);
    expect(stdout).toContain("1 × NotJson");
    expect(stdout).toMatch(
      /^3 requests became 1 contact and 1 dead letter in .* s\.\n1 not sent: see above\.\n1 repeated an earlier request/m,
    );
  });

  test("says how far it was when it is interrupted", async () => {
    const requests = Array.from({ length: 40 }, (_, index) => aTaskRequest({ requestId: `own/${index}` }));
    const { child, written, ended } = startCli("start.ts", ["-"], { input: asJsonl(requests) });
    // Whether it comes to that or not: nothing is left behind.
    await eventually(() => expect(written.stderr).toMatch(/[1-9]\d* of 40 done/)).finally(() => child.kill("SIGINT"));

    expect(await ended).toMatchObject({ status: 130, stdout: "" });
    expect(written.stderr).toMatch(/\nInterrupted: [1-9]\d* contacts? so far\.\n$/);
  });

  test.each([
    ["nowhere.jsonl", /nowhere\.jsonl does not exist/],
    ["--jsno", /unknown option/],
  ])("ends with 2 for %s, before anything is started", async (argument, sentence) => {
    const outcome = await runCli("start.ts", [argument]);

    expect(outcome).toMatchObject({ status: 2, stdout: "", stderr: expect.stringMatching(sentence) });
  });
});
