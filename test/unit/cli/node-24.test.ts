import { spawnSync } from "node:child_process";
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { type WrittenFiles, writtenFiles } from "#test/support/written-files.ts";

const CHECK = fileURLToPath(new URL("../../../cli/node-24.js", import.meta.url));

/** Runs a program that writes "ran", behind the check. */
const runBehind = (check: string) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", check, "-e", "console.log('ran')"], {
    encoding: "utf8",
    env: { ...process.env, NODE_OPTIONS: "" },
  });
  return { status, stdout, stderr };
};

describe("the check before each program", () => {
  let files: WrittenFiles;
  let copy: string;
  beforeEach(async () => {
    files = await writtenFiles();
    await mkdir(join(files.directory, "cli"));
    await files.write("package.json", '{"type":"module"}');
    copy = join(files.directory, "cli/node-24.js");
  });
  afterEach(async () => files.remove());

  test("lets a program run where all is there", () => {
    expect(runBehind(CHECK)).toEqual({ status: 0, stdout: "ran\n", stderr: "" });
  });

  test("ends with 2 and says what to type where the packages are not installed", async () => {
    await copyFile(CHECK, copy);

    expect(runBehind(copy)).toMatchObject({
      status: 2,
      stdout: "",
      stderr: expect.stringMatching(/^The packages are not installed: type npm ci\..*\n$/),
    });
  });

  test("ends with 2 and says what is needed where Node is too old", async () => {
    await mkdir(join(files.directory, "node_modules"));
    await writeFile(copy, (await readFile(CHECK, "utf8")).replaceAll("24", "99"));

    expect(runBehind(copy)).toMatchObject({
      status: 2,
      stdout: "",
      stderr: expect.stringMatching(/^Node 99 or later is needed, and this is v\d+\.\d+\.\d+: type npm ci\..*\n$/),
    });
  });
});
