import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import * as z from "zod";
import { aTaskRequest } from "#test/support/a-contact-request.ts";
import { type CliOutcome, runCli } from "#test/support/cli-process.ts";
import { asJsonl, type WrittenFiles, writtenFiles } from "#test/support/written-files.ts";

const summarySchema = z.strictObject({
  requests: z.number(),
  contacts: z.number(),
  deadLetters: z.record(z.string(), z.number()),
  throttled: z.number(),
  elapsedMs: z.number(),
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
  }, 60_000);

  test("ends with a summary of the samples that adds up", () => {
    expect(outcome.status).toBe(0);
    const lines = outcome.stdout.trimEnd().split("\n");
    const summary = summarySchema.parse(JSON.parse(lines.at(-1) ?? ""));

    const deadLetters = Object.values(summary.deadLetters).reduce((sum, count) => sum + count, 0);
    expect(summary.requests).toBeGreaterThanOrEqual(40);
    expect(summary.contacts + deadLetters).toBe(summary.requests);
    expect(Object.keys(summary.deadLetters)).toEqual(
      expect.arrayContaining(["ContractViolation", "NotJson", "InstanceNotServed", "Expired", "IdempotencyException"]),
    );
  });

  test("shows how it goes on, at the pace of the quota", () => {
    const done = [...outcome.stderr.matchAll(/(\d+) of 50 done/g)].map((match) => Number(match[1]));

    expect(done.at(-1)).toBe(50);
    expect(done.length).toBeGreaterThanOrEqual(4);
    expect(done).toEqual(done.toSorted((one, other) => one - other));
  });
});

describe("npm start with a file", () => {
  test("sends every line of it, and counts a repeated request", async () => {
    const request = aTaskRequest({ requestId: "own/1", input: { Name: "Own 🙂" } });
    const path = await files.write("own.jsonl", `${asJsonl([request, request])}\nnot json`);
    const { status, stdout } = await runCli("start.ts", [path]);

    expect(status).toBe(0);
    expect(stdout).toMatch(/^CreateContact +3 +1 +1 +0$/m);
    expect(stdout).toContain("1 × NotJson");
    expect(stdout).toMatch(
      /^3 requests became 1 contact and 1 dead letter in .* s\.\n1 repeated an earlier request/m,
    );
  }, 60_000);

  test.each([
    ["nowhere.jsonl", /nowhere\.jsonl does not exist/],
    ["--jsno", /unknown option/],
  ])("ends with 2 for %s, before anything is started", async (argument, sentence) => {
    const outcome = await runCli("start.ts", [argument]);

    expect(outcome).toMatchObject({ status: 2, stdout: "", stderr: expect.stringMatching(sentence) });
  });
});
