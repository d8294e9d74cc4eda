import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { CheckpointFile, checkpointPath } from "#cli/backfill/start/checkpoint-file.ts";
import { type WrittenFiles, writtenFiles } from "#test/support/written-files.ts";

const START = { job: "spring", startId: "0a1b2c3d4e5f" };
const RANGE = { end: 100, sent: 9, refused: 1, fedAtMs: 1_795_176_000_000 };

let files: WrittenFiles;
beforeAll(async () => {
  files = await writtenFiles();
});
afterAll(async () => files.remove());

const pathOf = (name: string): string => join(files.directory, name);

test("gives back the ranges that were added, however many at once", async () => {
  const path = pathOf("some");
  const file = await CheckpointFile.read(path, START);
  await Promise.all([file.add(10, RANGE), file.add(100, { ...RANGE, end: 200 })]);

  const { ranges } = await CheckpointFile.read(path, START);

  expect([...ranges]).toEqual([
    [10, RANGE],
    [100, { ...RANGE, end: 200 }],
  ]);
  expect(await readdir(files.directory)).toEqual(["some"]);
  await CheckpointFile.remove(path);
  expect(await readdir(files.directory)).toEqual([]);
});

test("is removed with what a run has left half-written; where nothing is left, that is as well", async () => {
  const path = pathOf("left");
  await writeFile(`${path}.partial`, '{"job"');
  await CheckpointFile.remove(path);
  await CheckpointFile.remove(path);

  expect(await readdir(files.directory)).toEqual([]);
});

test("that cannot be removed does no harm, and people are told", async () => {
  const path = await files.write("no-directory", "");
  const told = jest.spyOn(process.stderr, "write").mockReturnValue(true);
  await CheckpointFile.remove(`${path}/left`);
  const lines = told.mock.calls.map(([line]) => line);
  told.mockRestore();
  await rm(path);

  expect(lines).toEqual([expect.stringMatching(/^Note: .*left cannot be removed \(ENOTDIR\)\. The job is fed/)]);
});

test("has its place beside the file, and none where there is no file on a disk", () => {
  expect(checkpointPath("/tmp/rows.csv", "spring")).toBe("/tmp/rows.csv.spring.checkpoint.json");
  expect([checkpointPath("-", "spring"), checkpointPath("s3://bucket/rows.csv", "spring")]).toEqual([
    undefined,
    undefined,
  ]);
});

test.each<readonly [string, typeof START]>([
  ["another job", { ...START, job: "summer" }],
  ["another start of it, or another deployment", { ...START, startId: "0".repeat(12) }],
])("is not believed for %s", async (_name, other) => {
  const path = pathOf("other");
  await (await CheckpointFile.read(path, START)).add(10, RANGE);

  expect((await CheckpointFile.read(path, other)).ranges.size).toBe(0);
});

test.each([
  ["is cut off", (text: string) => text.slice(0, -10)],
  ["is no checkpoint", () => '{"job":"spring"}'],
  ["has a range that is none", (text: string) => text.replace("[10,100,9,1,", "[10,-1,9,1,")],
])("is empty where the file %s", async (_name, change) => {
  const path = pathOf("broken");
  await (await CheckpointFile.read(path, START)).add(10, RANGE);
  const text = await readFile(path, "utf8");
  await writeFile(path, change(text));

  expect(change(text)).not.toBe(text);
  expect((await CheckpointFile.read(path, START)).ranges.size).toBe(0);
});

test("does not stop the feeding where nothing can be written beside the file, and says so once", async () => {
  const told = jest.spyOn(process.stderr, "write").mockReturnValue(true);
  const file = await CheckpointFile.read(pathOf("no-such-directory/some"), START);
  await file.add(10, RANGE);
  await file.add(100, { ...RANGE, end: 200 });
  const lines = told.mock.calls.map(([line]) => line);
  told.mockRestore();

  expect(lines).toEqual([expect.stringMatching(/^Note: .* cannot be written \(ENOENT\): the state table alone keeps/)]);
  expect(file.ranges.size).toBe(2);
});
