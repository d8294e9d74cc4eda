import { appendFile } from "node:fs/promises";
import type { Readable } from "node:stream";
import type { S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { openRowSource } from "#cli/backfill/input/open-row-source.ts";
import { uploadJob } from "#cli/backfill/start/upload-job.ts";
import { type WrittenFiles, writtenFiles } from "#test/support/written-files.ts";

const CONTENT = "id\n1\n".repeat(50_000);

let files: WrittenFiles;
beforeAll(async () => {
  files = await writtenFiles();
});
afterAll(async () => files.remove());

/** As the SDK, it does not say why a stream broke. */
async function gather(body: Readable, pieces: string[]): Promise<void> {
  try {
    for await (const piece of body) pieces.push(String(piece));
  } catch {
    throw new Error("The stream broke.");
  }
}

/** A bucket that fails for the first calls. */
function aBucket(failures: readonly Error[] = []) {
  const left = [...failures];
  const objects = new Map<string, string>();
  const send = async ({ input }: { readonly input: { readonly Key: string; readonly Body: string | Readable } }) => {
    const failure = left.shift();
    if (failure !== undefined) throw failure;
    const pieces: string[] = [];
    if (typeof input.Body === "string") pieces.push(input.Body);
    else await gather(input.Body, pieces);
    objects.set(input.Key, pieces.join(""));
  };
  return { objects, target: { bucket: "payloads", s3: { send } as unknown as S3Client } };
}

async function aSource(name: string) {
  const path = await files.write(name, CONTENT);
  const source = await openRowSource(path, () => Promise.reject(new Error("No access is needed for it.")));
  const hash = await source.hash();
  const description = {
    job: { job: "spring", operation: "CreateContact" as const, format: { kind: "requests" as const } },
    columns: ["id"],
    templateHash: "0".repeat(64),
    fileHash: hash,
  };
  return { path, source, stored: { description, ranges: [{ start: 3, end: 5, firstLine: 2, rows: 1 }] } };
}

test("stores the file as it is, and the description last", async () => {
  const { source, stored } = await aSource("good.csv");
  const { objects, target } = aBucket();
  await uploadJob(source, stored, target);
  await source.close();

  expect([...objects.keys()]).toEqual([
    "backfills/spring/input",
    "backfills/spring/ranges.json",
    "backfills/spring/template.json",
  ]);
  expect(objects.get("backfills/spring/input")).toBe(CONTENT);
  expect(JSON.parse(objects.get("backfills/spring/ranges.json") ?? "")).toEqual(stored.ranges);
  expect(JSON.parse(objects.get("backfills/spring/template.json") ?? "")).toEqual(stored.description);
});

test("stores no description where the file has changed since it was planned", async () => {
  const { path, source, stored } = await aSource("changed.csv");
  const { objects, target } = aBucket();
  await appendFile(path, "2\n");

  await expect(uploadJob(source, stored, target)).rejects.toThrow(
    /changed while it was read, and nothing of it has been/,
  );
  expect([...objects.keys()]).not.toContain("backfills/spring/template.json");
  await source.close();
});

test("stores the file again when the connection broke, and not when S3 refuses it", async () => {
  const { source, stored } = await aSource("again.csv");
  const broken = Object.assign(new Error("broken"), { code: "ECONNRESET" });
  const { objects, target } = aBucket([broken, broken]);
  await uploadJob(source, stored, target);

  expect(objects.get("backfills/spring/input")).toBe(CONTENT);

  const refusal = Object.assign(new Error("no"), { name: "AccessDenied", $fault: "client" });
  await expect(uploadJob(source, stored, aBucket([refusal]).target)).rejects.toBe(refusal);
  await source.close();
});
