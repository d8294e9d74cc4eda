import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { anEmailContactRequest, aTaskRequest } from "#test/support/a-contact-request.ts";
import { runCli, startCli } from "#test/support/cli-process.ts";
import { jsonLines } from "#test/support/json-lines.ts";
import { asJsonl, type WrittenFiles, writtenFiles } from "#test/support/written-files.ts";

const validate = async (args: readonly string[], input = "") =>
  runCli("contact-requests.ts", ["validate", ...args], { input });

const good = aTaskRequest({ requestId: "a/1" });
const largeEmail = anEmailContactRequest({
  input: {
    EmailMessage: {
      MessageSourceType: "RAW",
      RawMessage: { Subject: "", Body: "x".repeat(1_048_576), ContentType: "text/plain" },
    },
  },
}).input;
const bad = { ...aTaskRequest({ requestId: "a/2" }), input: { Channel: "TASK", InitiationMethod: "API", Nme: "x" } };

let files: WrittenFiles;
beforeAll(async () => {
  files = await writtenFiles();
  await files.write("good.jsonl", asJsonl([good]));
  await files.write("bad.jsonl", asJsonl([good, bad]));
  await files.write("empty.jsonl", "");
});
afterAll(async () => files.remove());

const paths = (names: readonly string[]) =>
  names.map((name) => (name.endsWith(".jsonl") ? `${files.directory}/${name}` : name));

describe("validate", () => {
  test.each([
    ["all are good", ["good.jsonl"], 0, /^1 good, 0 refused\n$/],
    [
      "one is refused",
      ["bad.jsonl"],
      1,
      /bad\.jsonl:2 a\/2\n {2}input\["Nme"\] .*nearest known name is Name.*\n1 good, 1 refused\n$/,
    ],
    ["there are several files", ["good.jsonl", "bad.jsonl"], 1, /2 good, 1 refused\n$/],
    ["the file is empty", ["empty.jsonl"], 0, /^0 good, 0 refused\n$/],
  ])("says so to people, and in its exit status, when %s", async (_name, names, status, output) => {
    const outcome = await validate(paths(names));

    expect(outcome.stdout).toMatch(output);
    expect(outcome.status).toBe(status);
  });

  test.each([
    ["a file that does not exist", ["nowhere.jsonl"], /nowhere\.jsonl does not exist: check the path\.\n$/],
    ["one such file beside a good one", ["good.jsonl", "nowhere.jsonl"], /nowhere\.jsonl does not exist/],
    ["a directory", ["."], /^\. is a directory: name the JSONL files in it\.\n$/],
    [
      "an unknown flag",
      ["--jsn", "good.jsonl"],
      /unknown option '--jsn'.*--json.*^Type npm run -s contact-requests -- validate --help to see/ms,
    ],
    ["no file", [], /missing required argument 'FILE'/],
    ["standard input twice", ["-", "-"], /name it once/],
  ])("ends with 2 and a sentence, and prints nothing, for %s", async (_name, names, sentence) => {
    const outcome = await validate(paths(names));

    expect(outcome).toMatchObject({ status: 2, stdout: "", stderr: expect.stringMatching(sentence) });
    expect(outcome.stderr).not.toMatch(/^ {4}at /m);
  });

  test("takes a path from where npm was started, though npm itself runs elsewhere", async () => {
    const outcome = await runCli("contact-requests.ts", ["validate", "good.jsonl"], {
      env: { INIT_CWD: files.directory },
    });

    expect(outcome).toMatchObject({ status: 0, stdout: "1 good, 0 refused\n" });
  });

  test.each([
    [
      "is past its expiresAt",
      { expiresAt: "2020-01-01T00:00:00Z" },
      /^Note: the expiresAt of 1 request is past, first/,
    ],
    [
      "is larger than SQS takes",
      { operation: "StartEmailContact", input: largeEmail },
      /^Note: 1 request of more than 1 MiB, first at stdin:1 \(a\/1\)\. .*send leaves.*\n$/,
    ],
  ])("notes of a good request that it %s", async (_name, change, note) => {
    const outcome = await validate(["-"], asJsonl([{ ...good, ...change }]));

    expect(outcome).toMatchObject({ status: 0, stdout: "1 good, 0 refused\n", stderr: expect.stringMatching(note) });
  });

  test("says of a request that is written over many lines once that it is not JSON", async () => {
    const outcome = await validate(["-"], JSON.stringify(good, null, 2));

    expect(outcome.stdout.match(/jq/g)).toHaveLength(1);
    expect(outcome.stdout).toMatch(/stdin:2 to \d+ are not JSON either\n0 good, \d+ refused\n$/);
  });

  test.each([["contact-requests.ts"], ["start.ts"]])("%s --version prints the package's version", async (program) => {
    const packageJson = await readFile(new URL("../../package.json", import.meta.url), "utf8");
    const { status, stdout } = await runCli(program, ["--version"]);

    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(packageJson).toContain(`"version": "${stdout.trim()}"`);
    expect(status).toBe(0);
  });

  test("--help names the command that exists", async () => {
    const { stdout } = await runCli("contact-requests.ts", ["validate", "--help"]);

    expect(stdout).toMatch(/^Usage: npm run -s contact-requests -- validate \[options\] <FILE\.\.\.>\n/);
  });

  test("--json prints one line for each line of input that is not blank, and nothing else", async () => {
    const outcome = await validate(["--json", "-"], `${asJsonl([good])}\r\n{"requestId":\n${asJsonl([bad])}`);

    expect(jsonLines(outcome.stdout)).toEqual([
      { line: 1, requestId: "a/1", ok: true },
      { line: 3, requestId: null, ok: false, issues: [{ path: "", code: "not-json", message: expect.any(String) }] },
      {
        line: 4,
        requestId: "a/2",
        ok: false,
        issues: [{ path: 'input["Nme"]', code: "unknown-member", message: expect.any(String) }],
      },
    ]);
    expect(outcome.stdout.split("\n")[0]).toBe('{"line":1,"requestId":"a/1","ok":true}');
    expect(outcome).toMatchObject({ status: 1, stderr: "" });
  });

  test("--json names the file where there are several", async () => {
    const [first, second] = paths(["good.jsonl", "good.jsonl"]);
    const outcome = await validate(["--json", String(first), String(second)]);

    expect(jsonLines(outcome.stdout)).toEqual([
      { file: first, line: 1, requestId: "a/1", ok: true },
      { file: second, line: 1, requestId: "a/1", ok: true },
    ]);
    expect(outcome.stderr).toMatch(/1 line repeats the requestId/);
  });

  test("ends quietly when nobody reads on", async () => {
    const { child, written, ended } = startCli("contact-requests.ts", ["validate", "--json", "-"], {
      input: asJsonl(Array.from({ length: 20_000 }, () => good)),
    });
    await once(child.stdout ?? child, "data");
    child.stdout?.destroy();
    await ended;

    expect(written.stderr).toBe("");
    expect(child.exitCode).toBe(141);
  });

  test("ends with a sentence where there is no room for what it prints", () => {
    const disk = openSync("/dev/full", "w");
    const { status, stderr } = spawnSync(
      process.execPath,
      ["--import", "./cli/node-24.js", "cli/contact-requests.ts", "validate", ...paths(["good.jsonl"])],
      { stdio: ["ignore", disk, "pipe"], encoding: "utf8" },
    );
    closeSync(disk);

    expect(stderr).toBe("What is printed cannot be written (ENOSPC). Print it to where there is room.\n");
    expect(status).toBe(2);
  });

  test("needs no more memory for a file of 80 MB than for a small one", async () => {
    const request = `${JSON.stringify(aTaskRequest({ input: { Description: "x".repeat(4_000) } }))}\n`;
    const path = await files.write("large.jsonl", request.repeat(Math.ceil(80e6 / request.length)));
    const outcome = await runCli("contact-requests.ts", ["validate", path], {
      env: { NODE_OPTIONS: "--max-old-space-size=64" },
    });

    expect(outcome).toMatchObject({ status: 0, stdout: expect.stringMatching(/^1\d{4} good, 0 refused\n$/) });
  });
});
