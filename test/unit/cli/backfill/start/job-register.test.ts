import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { SYSTEM_CLOCK } from "#cli/backfill/deployment/system-clock.ts";
import { JobRegister } from "#cli/backfill/start/job-register.ts";
import { DynamoDbJobs } from "#shared/aws/dynamodb-jobs.ts";
import type { JobItem } from "#shared/job-item.ts";
import { aStateTable, type RunningStateTable } from "#test/support/a-state-table.ts";

const ITEM: JobItem = {
  operation: "CreateContact",
  templateHash: "0".repeat(64),
  fileHash: "1".repeat(64),
  fileBytes: 200,
  startedAtMs: 1_764_493_200_000,
  state: "feeding",
};
const LATER: JobItem = { ...ITEM, fileHash: "2".repeat(64), startedAtMs: ITEM.startedAtMs + 1 };

let table: RunningStateTable;
let register: JobRegister;
let jobs: DynamoDbJobs;
beforeAll(async () => {
  table = await aStateTable();
  register = new JobRegister(table);
  jobs = new DynamoDbJobs(table, SYSTEM_CLOCK);
});
afterAll(async () => table.stop());

test("registers a new job once, whoever else tries", async () => {
  const answers = await Promise.all([ITEM, LATER].map(async (item) => register.register("new", item, undefined)));

  expect(answers.toSorted()).toEqual([false, true]);
  expect(await jobs.read("new")).toEqual(answers[0] === true ? ITEM : LATER);
});

test("puts another start in the place of the one that was read, and of no other", async () => {
  await register.register("replaced", ITEM, undefined);

  expect(await register.register("replaced", LATER, { ...ITEM, startedAtMs: 0 })).toBe(false);
  expect(await register.register("replaced", LATER, ITEM)).toBe(true);
  expect(await register.register("replaced", ITEM, ITEM)).toBe(false);
  expect(await jobs.read("replaced")).toEqual(LATER);
});

test("marks a job as fed, once, and not a later start of the same name", async () => {
  await register.register("fed", ITEM, undefined);

  expect(await register.markFed("fed", LATER)).toBe(false);
  expect(await register.markFed("fed", ITEM)).toBe(true);
  expect(await register.markFed("fed", ITEM)).toBe(false);
  expect(await jobs.read("fed")).toMatchObject({ state: "fed" });
});

test("never takes the mark from a cancelled job", async () => {
  await register.register("cancelled", ITEM, undefined);
  await jobs.cancel("cancelled");

  expect(await register.markFed("cancelled", ITEM)).toBe(false);
  expect(await register.register("cancelled", LATER, ITEM)).toBe(false);
  expect(await jobs.read("cancelled")).toMatchObject({ state: "cancelled" });
});

test("is kept as long as the ledger keeps the job's requests", async () => {
  await register.register("kept", ITEM, undefined);
  const { GetItemCommand } = await import("@aws-sdk/client-dynamodb");
  const { Item } = await table.dynamodb.send(
    new GetItemCommand({ TableName: table.tableName, Key: { key: { S: "job#kept" } } }),
  );

  expect(Item?.["keptUntil"]?.N).toBe(String(ITEM.startedAtMs / 1_000 + 90 * 86_400));
});
