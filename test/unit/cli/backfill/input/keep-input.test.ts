import { spawn } from "node:child_process";
import { once } from "node:events";
import { link, open, readFile, symlink } from "node:fs/promises";
import { join, relative } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { Command } from "commander";
import { withJobOptions } from "#cli/backfill/job/job-options.ts";
import { type WrittenFiles, writtenFiles } from "#test/support/written-files.ts";

const CLI = fileURLToPath(new URL("../../../../../cli/contact-requests.ts", import.meta.url));

let files: WrittenFiles;
beforeAll(async () => {
  files = await writtenFiles();
  for (const name of ["rows.csv", "template.json", "settings.json", "other.jsonl"]) await files.write(name, "content");
  await symlink("rows.csv", pathOf("link.csv"));
  await link(pathOf("template.json"), pathOf("hard.json"));
});
afterAll(async () => files.remove());

const pathOf = (name: string) => join(files.directory, name);

/** Which rows a command with these files gets to work on, if any. */
async function worked(rows: string, refused: string): Promise<readonly string[]> {
  const seen: string[] = [];
  const program = new Command().exitOverride();
  withJobOptions(program.command("plan"))
    .option("--settings <FILE>")
    .action((path: string) => {
      seen.push(path);
    });
  const named = ["--template", pathOf("template.json"), "--settings", pathOf("settings.json")];
  await program.parseAsync(["plan", rows, "--job", "spring", ...named, "--refused", refused], { from: "user" });
  return seen;
}

describe("refused rows are not written in the place of", () => {
  test.each([
    ["the file of the rows", () => pathOf("rows.csv")],
    ["the file of the rows", () => pathOf("link.csv")],
    ["the file of the rows", () => `${files.directory}/./x/../rows.csv`],
    ["the file of the rows", () => relative(process.cwd(), pathOf("rows.csv"))],
    ["the template", () => pathOf("template.json")],
    ["the template", () => pathOf("hard.json")],
    ["the file of the settings", () => pathOf("settings.json")],
  ])("%s (%s)", async (what, refused) => {
    await expect(worked(pathOf("rows.csv"), refused())).rejects.toMatchObject({
      name: "CommandError",
      exitStatus: 2,
      message: `--refused ${refused()} is ${what}, which would be replaced: name another file for it.`,
    });
  });

  test("the file that a link to the rows leads to", async () => {
    await expect(worked(pathOf("link.csv"), pathOf("rows.csv"))).rejects.toThrow("is the file of the rows");
  });
});

test("refused rows are not written in the place of the file that standard input comes from", async () => {
  const args = ["backfill", "plan", "-", "--job", "spring", "--refused", pathOf("rows.csv")];
  const { NODE_OPTIONS: _ofJest, ...env } = process.env;
  const rows = await open(pathOf("rows.csv"));
  const child = spawn(process.execPath, [CLI, ...args], { env, stdio: [rows.fd, "ignore", "pipe"] });
  if (child.stderr === null) throw new Error("The child has no standard error.");
  const [stderr] = await Promise.all([text(child.stderr), once(child, "close")]);
  await rows.close();

  expect(stderr).toMatch(/rows\.csv is the file of the rows, which would be replaced/);
  expect(child.exitCode).toBe(2);
  expect(await readFile(pathOf("rows.csv"), "utf8")).toBe("content");
});

test.each(["-", "s3://bucket/refused.jsonl"])(
  "refused rows are not written to %s, which would be a file of that name",
  async (refused) => {
    await expect(worked(pathOf("rows.csv"), refused)).rejects.toMatchObject({
      name: "CommandError",
      exitStatus: 2,
      message: `--refused ${refused} is no path on this machine: name a file, which need not be there, or a pipe with a name.`,
    });
  },
);

test.each([
  ["another file", () => pathOf("rows.csv"), () => pathOf("other.jsonl")],
  ["a file that there is not", () => pathOf("rows.csv"), () => pathOf("new.jsonl")],
  ["a file, of rows in S3", () => "s3://bucket/rows.csv", () => pathOf("rows.csv")],
  ["a file, of rows that there are not", () => pathOf("none.csv"), () => pathOf("other.jsonl")],
])("they are written to %s", async (_what, rows, refused) => {
  expect(await worked(rows(), refused())).toEqual([rows()]);
});
