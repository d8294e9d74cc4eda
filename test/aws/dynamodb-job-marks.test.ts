import { PutItemCommand } from "@aws-sdk/client-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { DynamoDbJobMarks } from "#shared/aws/dynamodb-job-marks.ts";
import { jobKey } from "#shared/contract/job-key.ts";
import { aStateTable, type RunningStateTable } from "#test/support/a-state-table.ts";

let table: RunningStateTable;
let marks: DynamoDbJobMarks;

beforeAll(async () => {
  table = await aStateTable();
  marks = new DynamoDbJobMarks(table);
});

afterAll(async () => table.stop());

test.each([
  ["is cancelled when its item says so, whatever else it says", { state: "cancelled", fed: "unreadable" }, true],
  ["goes on while it is fed", { state: "feeding" }, false],
  ["goes on when it is fed", { state: "fed" }, false],
  ["goes on when nobody knows it", undefined, false],
])("a job %s", async (_what, item, expected) => {
  const job = `job-${JSON.stringify(item)?.length ?? 0}`;
  if (item !== undefined) {
    const Item = marshall({ ...item, key: jobKey(job) });
    await table.dynamodb.send(new PutItemCommand({ TableName: table.tableName, Item }));
  }
  expect(await marks.isCancelled(job)).toBe(expected);
});

test("nothing is known of a job while the table is gone", async () => {
  table.outages.begin("dynamodb", "unavailable");
  await expect(marks.isCancelled("spring")).rejects.toThrow();
  table.outages.end("dynamodb");
});
