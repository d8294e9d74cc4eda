import { createHash } from "node:crypto";
import { PutItemCommand } from "@aws-sdk/client-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { tableItems } from "#local/table-items.ts";
import { DynamoDbJobs } from "#shared/aws/dynamodb-jobs.ts";
import { jobKey } from "#shared/contract/job-key.ts";
import type { JobItem } from "#shared/job-item.ts";
import { aStateTable, type RunningStateTable } from "#test/support/a-state-table.ts";
import { ManualClock } from "#test/support/manual-clock.ts";

const clock = new ManualClock();
let table: RunningStateTable;
let jobs: DynamoDbJobs;

beforeAll(async () => {
  table = await aStateTable();
  jobs = new DynamoDbJobs(table, clock);
});

afterAll(async () => table.stop());

const ITEM: JobItem = {
  operation: "CreateContact",
  startId: "0a1b2c3d4e5f",
  templateHash: "b".repeat(64),
  fileHash: "a".repeat(64),
  fileBytes: 4_711,
  startedAtMs: 1_795_176_000_000,
  connectInstanceArns: ["arn:aws:connect:us-east-1:000000000000:instance/any"],
  state: "feeding",
};

/** A start of its own, as it begins. */
const aStart = (name: string): JobItem => ({
  ...ITEM,
  startId: createHash("sha256").update(name).digest("hex").slice(0, 12),
  state: "storing",
});

const put = async (job: string, item: object) =>
  await table.dynamodb.send(
    new PutItemCommand({ TableName: table.tableName, Item: marshall({ ...item, key: jobKey(job) }) }),
  );

describe("the item of a job", () => {
  test("is read as it was written, whatever a later version has added", async () => {
    await put("spring", { ...ITEM, keptUntil: 4_000_000_000, later: "x" });
    expect(await jobs.read("spring")).toEqual(ITEM);
  });

  test("is nothing for a job that nobody started", async () => {
    expect(await jobs.read("nobody")).toBeUndefined();
  });

  test("that cannot be read is an error that names the job and the places", async () => {
    await put("odd", { ...ITEM, state: "paused" });
    await expect(jobs.read("odd")).rejects.toMatchObject({
      name: "UnreadableItemError",
      message: expect.stringMatching(/the job odd that this version cannot read \(state\)/),
    });
  });
});

describe("a name", () => {
  const first = aStart("first");
  const second = aStart("second");
  const third = aStart("third");
  const of = (job: string, { startId }: JobItem) => ({ job, startId });

  test("that is free is given to one start, whoever else tries", async () => {
    const answers = await Promise.all([first, second].map(async (item) => jobs.register("new", item, undefined)));

    expect(answers.toSorted()).toEqual([false, true]);
    expect(await jobs.read("new")).toEqual(answers[0] === true ? first : second);
  });

  test("goes over from a start whose files are not stored to the one that has read that, and to no other", async () => {
    await jobs.register("replaced", first, undefined);

    expect(await jobs.register("replaced", second, of("replaced", third))).toBe(false);
    expect(await jobs.register("replaced", second, of("replaced", first))).toBe(true);
    expect(await jobs.register("replaced", third, of("replaced", first))).toBe(false);
    expect(await jobs.read("replaced")).toEqual(second);
  });

  test.each(["stored", "fed", "cancelled"] as const)("stays with a start that is %s", async (what) => {
    await jobs.register(what, first, undefined);
    if (what !== "cancelled") await jobs.markStored(of(what, first));
    if (what === "fed") await jobs.markFed(of(what, first));
    if (what === "cancelled") await jobs.cancel(what);

    expect(await jobs.register(what, second, of(what, first))).toBe(false);
    expect(await jobs.read(what)).toMatchObject({ startId: first.startId });
  });

  test("is given again to the start that got no answer", async () => {
    expect(await jobs.register("again", first, undefined)).toBe(true);
    expect(await jobs.register("again", first, undefined)).toBe(true);
    expect(await jobs.register("again", second, of("again", first))).toBe(true);
    expect(await jobs.register("again", second, of("again", first))).toBe(true);
  });

  test("is free when its item has expired, also where DynamoDB has not deleted it yet", async () => {
    await put("expired", { ...first, state: "fed", keptUntil: Math.floor(clock.now() / 1_000) });

    expect(await jobs.read("expired")).toBeUndefined();
    expect(await jobs.register("expired", second, undefined)).toBe(true);
    expect(await jobs.read("expired")).toEqual(second);
  });
});

describe("a start", () => {
  const mine = aStart("mine");
  const start = (job: string) => ({ job, startId: mine.startId });
  const other = (job: string) => ({ job, startId: aStart("other").startId });

  test("goes from storing to feeding to fed, each as often as it is said", async () => {
    await jobs.register("road", mine, undefined);
    expect(await jobs.markFed(start("road"))).toBe(false);
    expect([await jobs.markStored(start("road")), await jobs.markStored(start("road"))]).toEqual([true, true]);
    expect(await jobs.read("road")).toMatchObject({ state: "feeding" });
    expect([await jobs.markFed(start("road")), await jobs.markFed(start("road"))]).toEqual([true, true]);
    expect(await jobs.read("road")).toMatchObject({ state: "fed" });
    expect(await jobs.markStored(start("road"))).toBe(false);
  });

  test("changes nothing of another one", async () => {
    await jobs.register("theirs", mine, undefined);
    expect(await jobs.markStored(other("theirs"))).toBe(false);
    await jobs.markStored(start("theirs"));
    expect(await jobs.markFed(other("theirs"))).toBe(false);
    expect(await jobs.read("theirs")).toMatchObject({ state: "feeding", startId: mine.startId });
  });

  test("never takes the mark from a cancelled job", async () => {
    await jobs.register("marked", mine, undefined);
    await jobs.cancel("marked");
    expect([await jobs.markStored(start("marked")), await jobs.markFed(start("marked"))]).toEqual([false, false]);
    expect(await jobs.read("marked")).toMatchObject({ state: "cancelled" });
  });

  test("is kept, from its last change on, as long as the ledger keeps the job's requests", async () => {
    const kept = async () =>
      (await tableItems(table.dynamodb, table.tableName)).find(({ key }) => key === jobKey("kept"))?.["keptUntil"];
    const in90Days = () => Math.floor(clock.now() / 1_000) + 90 * 24 * 60 * 60;
    await jobs.register("kept", mine, undefined);
    expect(await kept()).toBe(in90Days());
    clock.advance(86_400_000);
    await jobs.markStored(start("kept"));
    expect(await kept()).toBe(in90Days());
  });
});

describe("a job that is cancelled", () => {
  test("is marked with when it was first, and keeps all else", async () => {
    await put("autumn", { ...ITEM, keptUntil: 4_000_000_000, later: "x" });
    const cancelledAtMs = clock.now();
    expect(await jobs.cancel("autumn")).toBe(true);
    clock.advance(5_000);
    expect(await jobs.cancel("autumn")).toBe(true);
    expect(await jobs.read("autumn")).toEqual({ ...ITEM, state: "cancelled", cancelledAtMs });
    const items = await tableItems(table.dynamodb, table.tableName);
    expect(items.find(({ key }) => key === jobKey("autumn"))).toMatchObject({ later: "x" });
  });

  test("must not have expired: what DynamoDB has not deleted yet does not come back", async () => {
    await put("last-year", { ...ITEM, keptUntil: Math.floor(clock.now() / 1_000) });
    expect(await jobs.cancel("last-year")).toBe(false);
    expect(await jobs.read("last-year")).toBeUndefined();
  });

  test("must be there: no item is made of a name", async () => {
    expect(await jobs.cancel("winter")).toBe(false);
    expect(await jobs.read("winter")).toBeUndefined();
  });
});
