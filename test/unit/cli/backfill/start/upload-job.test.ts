import { appendFile } from "node:fs/promises";
import type { Readable } from "node:stream";
import type { S3Client } from "@aws-sdk/client-s3";
import { afterAll, afterEach, beforeAll, expect, jest, test } from "@jest/globals";
import { largeObjectClient } from "#cli/backfill/deployment/large-object-client.ts";
import { openRowSource } from "#cli/backfill/input/open-row-source.ts";
import { uploadJob } from "#cli/backfill/start/upload-job.ts";
import { aSlowBucket } from "#test/support/backfill/a-slow-bucket.ts";
import { type WrittenFiles, writtenFiles } from "#test/support/written-files.ts";

const START = { job: "spring", startId: "0a1b2c3d4e5f" };
const CONTENT = "id\n1\n".repeat(50_000);

const INSTANCES = ["arn:aws:connect:us-east-1:000000000000:instance/any"];

const STORED = {
  description: {
    job: { job: "spring", operation: "CreateContact" as const, format: { kind: "requests" as const } },
    columns: [],
    connectInstanceArns: INSTANCES,
  },
  ranges: [],
};
const ignore = (): void => undefined;
const SILENT = { logger: { trace: ignore, debug: ignore, info: ignore, warn: ignore, error: ignore } };

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
  return { objects, target: { bucket: "payloads", s3: { send } as unknown as S3Client, start: START } };
}

async function aSource(name: string) {
  const path = await files.write(name, CONTENT);
  const source = await openRowSource(path, () => Promise.reject(new Error("No access is needed for it.")));
  await source.hash();
  const description = {
    job: { job: "spring", operation: "CreateContact" as const, format: { kind: "requests" as const } },
    columns: ["id"],
    connectInstanceArns: INSTANCES,
  };
  return { path, source, stored: { description, ranges: [{ start: 3, end: 5, firstLine: 2, rows: 1 }] } };
}

test("stores the file as it is, and the description last", async () => {
  const { source, stored } = await aSource("good.csv");
  const { objects, target } = aBucket();
  await uploadJob(source, stored, target);
  await source.close();

  expect([...objects.keys()]).toEqual([
    "backfills/spring/0a1b2c3d4e5f/input",
    "backfills/spring/0a1b2c3d4e5f/ranges.json",
    "backfills/spring/0a1b2c3d4e5f/template.json",
  ]);
  expect(objects.get("backfills/spring/0a1b2c3d4e5f/input")).toBe(CONTENT);
  expect(JSON.parse(objects.get("backfills/spring/0a1b2c3d4e5f/ranges.json") ?? "")).toEqual(stored.ranges);
  expect(JSON.parse(objects.get("backfills/spring/0a1b2c3d4e5f/template.json") ?? "")).toEqual(stored.description);
});

test("stores no description where the file has changed since it was planned", async () => {
  const { path, source, stored } = await aSource("changed.csv");
  const { objects, target } = aBucket();
  await appendFile(path, "2\n");

  await expect(uploadJob(source, stored, target)).rejects.toThrow(
    /changed while it was read, and nothing of it has been/,
  );
  expect([...objects.keys()]).not.toContain("backfills/spring/0a1b2c3d4e5f/template.json");
  await source.close();
});

test("stores the file again when the connection broke, and not when S3 refuses it", async () => {
  const told = jest.spyOn(process.stderr, "write").mockReturnValue(true);
  const { source, stored } = await aSource("again.csv");
  const broken = Object.assign(new Error("broken"), { code: "ECONNRESET" });
  const { objects, target } = aBucket([broken, broken]);
  await uploadJob(source, stored, target);
  const lines = told.mock.calls.map(([line]) => String(line)).filter((line) => line.includes("broke off"));
  told.mockRestore();

  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatch(/^Storing .*again\.csv broke off \(ECONNRESET: broken\)\. It is tried again/);

  expect(objects.get("backfills/spring/0a1b2c3d4e5f/input")).toBe(CONTENT);

  const refusal = Object.assign(new Error("no"), { name: "AccessDenied", $fault: "client" });
  await expect(uploadJob(source, stored, aBucket([refusal]).target)).rejects.toBe(refusal);
  await source.close();
});

/** As long as not a byte may move; the uploads below take longer. */
const IDLE_MS = 1_000;

const access = (endpoint: string) => ({
  client: { ...SILENT, endpoint, region: "us-east-1", credentials: { accessKeyId: "a", secretAccessKey: "b" } },
  endpoint,
});

const LARGE = "0123456789abcde\n".repeat(1_500_000);

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** Stores a large file in a bucket that has its own ways, with so much patience. */
async function uploading(how: Parameters<typeof aSlowBucket>[0], idleMs: number) {
  const path = await files.write("large.csv", LARGE);
  const source = await openRowSource(path, () => Promise.reject(new Error("No access is needed for it.")));
  await source.hash();
  const bucket = await aSlowBucket(how);
  const s3 = largeObjectClient(access(bucket.address), idleMs);
  ends.push(
    () => bucket.stop(),
    () => source.close(),
    () => s3.destroy(),
  );
  return { bucket, source, ended: uploadJob(source, STORED, { s3, bucket: "payloads", start: START }) };
}

test("stores a file over a line on which it takes longer than nothing may move", async () => {
  const startedAt = performance.now();
  const { bucket, source, ended } = await uploading({ bytesPerSecond: 8_000_000 }, IDLE_MS);
  await ended;

  expect(performance.now() - startedAt).toBeGreaterThan(2 * IDLE_MS);
  expect(bucket.received("input")).toEqual([source.bytes]);
});

test.each([
  ["takes all and never answers", { bytesPerSecond: Infinity, isSilent: true as const }],
  ["takes nothing", { bytesPerSecond: 0 }],
])("gives up with a sentence, after some tries, where a bucket %s", async (_what, how) => {
  const told = jest.spyOn(process.stderr, "write").mockReturnValue(true);
  ends.push(() => told.mockRestore());
  const { ended } = await uploading(how, 200);

  await expect(ended).rejects.toMatchObject({
    name: "CommandError",
    message: expect.stringMatching(
      /large\.csv could not be stored in the payload bucket, 4 times \(TimeoutError: .*200 ms of inactivity.*\), and nothing of it was sent\. Check the network/,
    ),
    exitStatus: 2,
  });
});
