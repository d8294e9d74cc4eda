import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { WholeFile } from "#cli/backfill/watch/whole-file.ts";
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

test("where nothing can be written, a sentence says so", async () => {
  await expect(WholeFile.create(pathOf("no/such/results.csv"))).rejects.toMatchObject({
    name: "CommandError",
    message: expect.stringMatching(/results\.csv cannot be written \(ENOENT\)\./),
  });
});
