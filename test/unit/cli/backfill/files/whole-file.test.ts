import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { lstat, mkdtemp, open, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { WholeFile } from "#cli/backfill/files/whole-file.ts";
import { type WrittenFiles, writtenFiles } from "#test/support/written-files.ts";

let files: WrittenFiles;
beforeAll(async () => {
  files = await writtenFiles();
});
afterAll(async () => files.remove());

const pathOf = (name: string) => join(files.directory, name);

test("a file replaces the one before when it is whole, and not earlier", async () => {
  await files.write("results.csv", "old");
  const file = await WholeFile.create(pathOf("results.csv"));
  await file.write("new ");
  await file.write("text");
  expect(await readFile(pathOf("results.csv"), "utf8")).toBe("old");
  await file.finish();
  expect(await readFile(pathOf("results.csv"), "utf8")).toBe("new text");
  expect(await readdir(files.directory)).toEqual(["results.csv"]);
});

test("a file that is discarded leaves the one before, and nothing else", async () => {
  await files.write("results.csv", "old");
  const file = await WholeFile.create(pathOf("results.csv"));
  await file.write("half");
  await file.discard();
  expect(await readFile(pathOf("results.csv"), "utf8")).toBe("old");
  expect(await readdir(files.directory)).toEqual(["results.csv"]);
});

test.each([
  ["no directory", "no/such/results.csv", /results\.csv cannot be written \(ENOENT\): its directory does not exist\. /],
  ["a directory in its place", ".", /cannot be written \(EISDIR\): it is a directory\. Name a file\./],
])("where there is %s, a sentence says so at once", async (_what, name, message) => {
  await expect(WholeFile.create(pathOf(name))).rejects.toMatchObject({
    name: "CommandError",
    exitStatus: 2,
    message: expect.stringMatching(message),
  });
});

test("behind a link, the file that it leads to is replaced, and the link stays", async () => {
  await files.write("results.csv", "old");
  await symlink("results.csv", pathOf("link.csv"));
  const file = await WholeFile.create(pathOf("link.csv"));
  await file.write("new");
  await file.finish();
  expect(await readFile(pathOf("results.csv"), "utf8")).toBe("new");
  expect((await lstat(pathOf("link.csv"))).isSymbolicLink()).toBe(true);
  await rm(pathOf("link.csv"));
});

test("what is no file on a disk stays what it is, and is written to", async () => {
  // Of our own: were it replaced after all, nobody else would miss it.
  const pipe = pathOf("pipe");
  await promisify(execFile)("mkfifo", [pipe]);
  // Opened for both, a pipe waits for nobody.
  const reader = await open(pipe, "r+");
  const file = await WholeFile.create(pipe);
  await file.write("text");
  await file.finish();
  expect((await lstat(pipe)).isFIFO()).toBe(true);
  const { buffer, bytesRead } = await reader.read(Buffer.alloc(100));
  expect(buffer.toString("utf8", 0, bytesRead)).toBe("text");
  await reader.close();
  expect(await readdir(files.directory)).toEqual(["pipe", "results.csv"]);
});

test("what an earlier process with the same number has left is in nobody's way", async () => {
  const directory = await mkdtemp(join(files.directory, "left-"));
  const left = join(directory, `results.csv.${process.pid}.partial`);
  await writeFile(left, "half");
  const file = await WholeFile.create(join(directory, "results.csv"));
  await file.finish();
  expect(await readFile(left, "utf8")).toBe("half");
});

const ROOT = fileURLToPath(new URL("../../../../../", import.meta.url));

/** Writes a file, does `more`, and then waits to be ended; it does not outlive this process. */
const program = (more: string) => `
  const { WholeFile } = await import("#cli/backfill/files/whole-file.ts");
  const file = await WholeFile.create(process.argv[1]);
  await file.write("new");
  ${more}
  process.stdout.write("waits");
  process.stdin.resume();
`;

test.each([
  ["SIGINT", "leaves the one before", "", "old"],
  ["SIGTERM", "leaves the one before", "", "old"],
  ["SIGHUP", "leaves the one before", "", "old"],
  ["SIGINT", "stays when it is whole", "await file.finish();", "new"],
] as const)("a file whose program is ended by %s %s, and nothing else", async (signal, _what, more, content) => {
  const directory = await mkdtemp(join(files.directory, "interrupted-"));
  const path = join(directory, "results.csv");
  await writeFile(path, "old");
  const child = spawn(process.execPath, ["--input-type=module", "-e", program(more), path], {
    cwd: ROOT,
    env: { ...process.env, NODE_OPTIONS: "" },
    stdio: ["pipe", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  child.kill(signal);
  await once(child, "close");
  expect(child.signalCode).toBe(signal);
  expect(await readdir(directory)).toEqual(["results.csv"]);
  expect(await readFile(path, "utf8")).toBe(content);
});
