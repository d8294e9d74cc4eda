import { PutItemCommand } from "@aws-sdk/client-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { tableItems } from "#local/table-items.ts";
import { DynamoDbJobs } from "#shared/aws/dynamodb-jobs.ts";
import { fedRangesKey, jobKey } from "#shared/contract/job-key.ts";
import type { JobItem } from "#shared/job-item.ts";
import { aStateTable, type RunningStateTable } from "#test/support/a-state-table.ts";
import { ManualClock } from "#test/support/manual-clock.ts";

const clock = new ManualClock();
const HASH = "a".repeat(64);
let table: RunningStateTable;
let jobs: DynamoDbJobs;

beforeAll(async () => {
  table = await aStateTable();
  jobs = new DynamoDbJobs(table, clock);
});

afterAll(async () => table.stop());

const ITEM: JobItem = {
  operation: "CreateContact",
  templateHash: "b".repeat(64),
  fileHash: HASH,
  fileBytes: 4_711,
  startedAtMs: 1_795_176_000_000,
  state: "feeding",
};

const put = async (job: string, item: object) =>
  await table.dynamodb.send(
    new PutItemCommand({ TableName: table.tableName, Item: marshall({ ...item, key: jobKey(job) }) }),
  );

describe("the item of a job", () => {
  test("is read as it was written, whatever a later version has added", async () => {
    await put("spring", { ...ITEM, keptUntil: 1, later: "x" });
    expect(await jobs.read("spring")).toEqual(ITEM);
  });

  test("is nothing for a job that nobody started", async () => {
    expect(await jobs.read("nobody")).toBeUndefined();
  });

  test("that cannot be read is an error that names the job and the places", async () => {
    await put("odd", { ...ITEM, state: "paused" });
    await expect(jobs.read("odd")).rejects.toThrow(/the job odd that this version cannot read \(state\)/);
  });
});

describe("the ranges that have been fed", () => {
  test("are none at first", async () => {
    expect(await jobs.fedRanges("fresh", HASH)).toEqual(new Map());
  });

  test("are kept, each with its end and its counts, in whatever order they come", async () => {
    await jobs.recordFed({ job: "summer", fileHash: HASH, start: 900 }, { end: 1_800, sent: 7, refused: 1 });
    await jobs.recordFed({ job: "summer", fileHash: HASH, start: 8 }, { end: 900, sent: 9, refused: 0 });
    expect(await jobs.fedRanges("summer", HASH)).toEqual(
      new Map([
        [8, { end: 900, sent: 9, refused: 0 }],
        [900, { end: 1_800, sent: 7, refused: 1 }],
      ]),
    );
  });

  test("count once, however often they are recorded", async () => {
    for (let times = 0; times < 3; times += 1)
      await jobs.recordFed({ job: "autumn", fileHash: HASH, start: 8 }, { end: 900, sent: 9, refused: 0 });
    expect([...(await jobs.fedRanges("autumn", HASH)).values()]).toEqual([{ end: 900, sent: 9, refused: 0 }]);
  });

  test("are of one file: those of another are not mixed in, and neither are those of another job", async () => {
    await jobs.recordFed({ job: "winter", fileHash: HASH, start: 8 }, { end: 900, sent: 9, refused: 0 });
    expect(await jobs.fedRanges("winter", "c".repeat(64))).toEqual(new Map());
    expect(await jobs.fedRanges("winte", HASH)).toEqual(new Map());
  });

  test("are recorded by many at once, and none is lost", async () => {
    const starts = Array.from({ length: 30 }, (_each, index) => index * 100);
    const record = async (start: number) =>
      await jobs.recordFed({ job: "busy", fileHash: HASH, start }, { end: start + 100, sent: 1, refused: 0 });
    await Promise.all(starts.map(record));
    expect([...(await jobs.fedRanges("busy", HASH)).keys()].toSorted((a, b) => a - b)).toEqual(starts);
  });

  test("are kept as long as the ledger keeps the requests", async () => {
    await jobs.recordFed({ job: "kept", fileHash: HASH, start: 8 }, { end: 900, sent: 9, refused: 0 });
    const items = await tableItems(table.dynamodb, table.tableName);
    const item = items.find(({ key }) => key === `job#kept#fed#${HASH}`);
    expect(item?.["keptUntil"]).toBe(Math.floor(clock.now() / 1_000) + 90 * 24 * 60 * 60);
  });

  test("of a file of 10,000 ranges fit into one item", async () => {
    const ranges = Array.from({ length: 9_999 }, (_each, index) => [
      `at${10_000_000_000 + index}`,
      [10_000_001_000, 9_999, 9],
    ]);
    const Item = marshall({ ...Object.fromEntries(ranges), key: fedRangesKey("large", HASH) });
    await table.dynamodb.send(new PutItemCommand({ TableName: table.tableName, Item }));
    await jobs.recordFed({ job: "large", fileHash: HASH, start: 8 }, { end: 900, sent: 9, refused: 0 });
    expect((await jobs.fedRanges("large", HASH)).size).toBe(10_000);
  });
});

describe("a job that is cancelled", () => {
  test("is marked with when it was first, and keeps all else", async () => {
    await put("autumn", { ...ITEM, later: "x" });
    const cancelledAtMs = clock.now();
    expect(await jobs.cancel("autumn")).toBe(true);
    clock.advance(5_000);
    expect(await jobs.cancel("autumn")).toBe(true);
    expect(await jobs.read("autumn")).toEqual({ ...ITEM, state: "cancelled", cancelledAtMs });
    const items = await tableItems(table.dynamodb, table.tableName);
    expect(items.find(({ key }) => key === jobKey("autumn"))).toMatchObject({ later: "x" });
  });

  test("must be there: no item is made of a name", async () => {
    expect(await jobs.cancel("winter")).toBe(false);
    expect(await jobs.read("winter")).toBeUndefined();
  });
});
