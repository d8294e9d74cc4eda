import { createHash } from "node:crypto";
import { appendFile, open, stat, truncate, utimes, writeFile } from "node:fs/promises";
import { Readable } from "node:stream";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { isFileOnDisk, openRowSource } from "#cli/backfill/input/open-row-source.ts";
import { RowSource } from "#cli/backfill/input/row-source.ts";
import { spool } from "#cli/backfill/input/spool.ts";
import { CommandError } from "#cli/command-error.ts";
import { type WrittenFiles, writtenFiles } from "#test/support/written-files.ts";

const CONTENT = "id,name\n1,Ann\n".repeat(20_000);

let files: WrittenFiles;
beforeAll(async () => {
  files = await writtenFiles();
});
afterAll(async () => files.remove());

const noAccess = () => Promise.reject(new Error("No access is needed for it."));

async function allOf(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const read: Uint8Array[] = [];
  for await (const chunk of chunks) read.push(chunk);
  return Buffer.concat(read).toString();
}

describe("a source of rows", () => {
  test("gives the same bytes each time, and their hash", async () => {
    const source = await openRowSource(await files.write("same.csv", CONTENT), noAccess);
    const counted: number[] = [];

    expect(await allOf(source.open((count) => counted.push(count)))).toBe(CONTENT);
    expect(await allOf(source.opener()())).toBe(CONTENT);
    expect(counted.reduce((sum, count) => sum + count, 0)).toBe(source.bytes);
    expect(await source.hash()).toBe(createHash("sha256").update(CONTENT).digest("hex"));
    await source.close();
  });

  test.each<readonly [string, (path: string) => Promise<void>]>([
    ["is appended to", async (path) => appendFile(path, "3,Cy\n")],
    ["is cut off", async (path) => truncate(path, 100)],
    ["is written anew with as many bytes", async (path) => writeFile(path, CONTENT.replace("Ann", "Eve"))],
    [
      "is written anew, with its time of change set back",
      async (path) => {
        const { atime, mtime } = await stat(path);
        await writeFile(path, CONTENT.replaceAll("Ann", "Eve"));
        await utimes(path, atime, mtime);
      },
    ],
  ])("rejects when the file %s between two reads", async (name, change) => {
    const path = await files.write(`${name.length}.csv`, CONTENT);
    // Times that are set are whole milliseconds on some systems.
    await utimes(path, 1_000, 1_000);
    const source = await openRowSource(path, noAccess);
    await allOf(source.open());
    await change(path);

    await expect(allOf(source.open())).rejects.toThrow(/changed while it was read, and nothing of it has been sent/);
    await source.close();
  });

  test("rejects when the file changes in the middle of a read", async () => {
    const path = await files.write("middle.csv", CONTENT);
    const source = await openRowSource(path, noAccess);
    const chunks = source.open();
    await chunks.next();
    await writeFile(path, CONTENT.replace("Ann", "Eve"));

    await expect(allOf(chunks)).rejects.toThrow(CommandError);
    await source.close();
  });

  test("does not care for a file that is put into its place", async () => {
    const path = await files.write("replaced.csv", CONTENT);
    const source = await openRowSource(path, noAccess);
    await import("node:fs/promises").then(async ({ rename }) => rename(await files.write("new.csv", "other"), path));

    expect(await allOf(source.open())).toBe(CONTENT);
    await source.close();
  });

  test("can be read again when it comes from a pipe, which gives its bytes once", async () => {
    const source = await RowSource.of("stdin", await spool("stdin", Readable.from([Buffer.from(CONTENT)])));

    expect(await allOf(source.open())).toBe(CONTENT);
    expect(await allOf(source.open())).toBe(CONTENT);
    await source.close();
  });

  test("says in a sentence that it cannot be read to its end", async () => {
    // A directory can be opened, and not be read, as a file on a disk with a fault.
    const source = await RowSource.of("rows.csv", await open(files.directory));

    await expect(allOf(source.open())).rejects.toMatchObject({
      name: "CommandError",
      message: expect.stringMatching(/^rows\.csv cannot be read to its end \(EISDIR\): try again, or copy it/),
    });
    await source.close();
  });

  test("says so too where nothing can be known of it any more", async () => {
    const handle = await open(await files.write("gone.csv", CONTENT));
    const source = await RowSource.of("gone.csv", handle);
    await handle.close();

    await expect(allOf(source.open())).rejects.toThrow(/^gone\.csv cannot be read to its end \(EBADF\)/);
  });

  test("has an empty file's hash for an empty file", async () => {
    const source = await RowSource.of("empty", await open(await files.write("empty.csv", "")));

    expect(await source.hash()).toBe(createHash("sha256").digest("hex"));
    await source.close();
  });
});

describe("opening", () => {
  test.each([
    ["a directory", () => files.directory, /is a directory: name the file with the rows/],
    ["a path that there is not", () => `${files.directory}/nothing`, /does not exist: check the path/],
    ["a path through a file", () => `${files.directory}/same.csv/x`, /a part of the path is a file/],
  ])("says of %s what is wrong", async (_name, path, sentence) => {
    await expect(openRowSource(path(), noAccess)).rejects.toThrow(sentence);
  });

  test("says of half a place in S3 how to write one", async () => {
    const access = async () => ({ client: { logger: console } });
    await expect(openRowSource("s3://bucket", access)).rejects.toThrow("write s3://BUCKET/KEY");
  });

  test.each([
    ["-", false],
    ["s3://bucket/key", false],
    ["rows.csv", true],
  ])("knows of %s whether a checkpoint can stand beside it", (path, expected) => {
    expect(isFileOnDisk(path)).toBe(expected);
  });
});
