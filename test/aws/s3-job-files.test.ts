import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { S3JobFiles } from "#shared/aws/s3-job-files.ts";
import { PAYLOAD_BUCKET, type SqsAndS3, startSqsAndS3 } from "#test/support/sqs-and-s3.ts";

let services: SqsAndS3;
let files: S3JobFiles;

beforeAll(async () => {
  services = await startSqsAndS3();
  files = new S3JobFiles(services.s3, PAYLOAD_BUCKET);
});

afterAll(async () => services.stop());

async function bytesOf(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all).toString();
}

test("a text is read as it was written", async () => {
  await files.write("backfills/a/template.json", "Käse 🙂");
  expect(await files.text("backfills/a/template.json")).toBe("Käse 🙂");
});

test("a file that is not there is nothing, and no error", async () => {
  expect(await files.text("backfills/a/gone")).toBeUndefined();
});

test("a file is there, or it is not", async () => {
  await files.write("backfills/a/here", "x");
  expect([await files.has("backfills/a/here"), await files.has("backfills/a/gone")]).toEqual([true, false]);
});

test("a bucket that is not there is an error", async () => {
  await expect(new S3JobFiles(services.s3, "no-such-bucket").text("a")).rejects.toThrow();
});

describe("a range of a file", () => {
  const CONTENT = "0123456789".repeat(100_000);

  test.each([
    ["at the beginning", 0, 10],
    ["in the middle", 999_995 - 500_000, 999_995],
    ["at the end", 999_990, 1_000_000],
    ["that is one byte", 7, 8],
    ["that is the whole file", 0, 1_000_000],
  ])("%s is its bytes, and no others", async (_where, start, end) => {
    await files.write("backfills/a/input", CONTENT);
    expect(await bytesOf(files.range("backfills/a/input", { start, end }))).toBe(CONTENT.slice(start, end));
  });

  test("that the file ends before is an error, after the bytes that are there", async () => {
    await files.write("backfills/a/short", "0123456789");
    const chunks: string[] = [];
    const read = async () => {
      for await (const chunk of files.range("backfills/a/short", { start: 4, end: 20 }))
        chunks.push(Buffer.from(chunk).toString());
    };
    await expect(read()).rejects.toMatchObject({
      name: "IncompleteAnswerError",
      message: "The range of 16 bytes came with 6.",
    });
    expect(chunks.join("")).toBe("456789");
  });

  test("ends where its signal is aborted", async () => {
    await files.write("backfills/a/input", CONTENT);
    const read = bytesOf(files.range("backfills/a/input", { start: 0, end: 10 }, AbortSignal.abort()));
    await expect(read).rejects.toMatchObject({ name: "AbortError" });
  });
});

test("the jobs are those that have files, each once and by its name", async () => {
  await files.write("backfills/spring/input", "x");
  await files.write("backfills/spring/refused/0.jsonl", "x");
  await files.write("backfills/a.b-c_1/input", "x");
  await files.write("payloads/large", "x");
  const jobs = await files.jobs();
  expect(jobs.filter((job) => job !== "a")).toEqual(["a.b-c_1", "spring"]);
});
