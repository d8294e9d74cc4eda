import { PutItemCommand } from "@aws-sdk/client-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { tableItems } from "#local/table-items.ts";
import { DynamoDbFedRanges } from "#shared/aws/dynamodb-fed-ranges.ts";
import { fedRangesKey } from "#shared/contract/job-key.ts";
import { aStateTable, type RunningStateTable } from "#test/support/a-state-table.ts";
import { ManualClock } from "#test/support/manual-clock.ts";

const clock = new ManualClock();
let table: RunningStateTable;
let fedRanges: DynamoDbFedRanges;

beforeAll(async () => {
  table = await aStateTable();
  fedRanges = new DynamoDbFedRanges(table, clock);
});

afterAll(async () => table.stop());

const startOf = (job: string) => ({ job, startId: "0a1b2c3d4e5f" });
const RANGE = { end: 900, sent: 9, refused: 0, fedAtMs: 1_795_176_000_000 };

test("are none at first", async () => {
  expect(await fedRanges.read(startOf("fresh"))).toEqual(new Map());
});

test("are kept, each with its end, its counts and its time, in whatever order they come", async () => {
  const later = { end: 1_800, sent: 7, refused: 1, fedAtMs: RANGE.fedAtMs + 5 };
  await fedRanges.record(startOf("summer"), 900, later);
  await fedRanges.record(startOf("summer"), 8, RANGE);
  expect(await fedRanges.read(startOf("summer"))).toEqual(
    new Map([
      [8, RANGE],
      [900, later],
    ]),
  );
});

test("count once, however often they are recorded", async () => {
  for (let times = 0; times < 3; times += 1) await fedRanges.record(startOf("autumn"), 8, RANGE);
  expect([...(await fedRanges.read(startOf("autumn"))).values()]).toEqual([RANGE]);
});

test("are of one start: those of another are not mixed in, and neither are those of another job", async () => {
  await fedRanges.record(startOf("winter"), 8, RANGE);
  expect(await fedRanges.read({ job: "winter", startId: "0".repeat(12) })).toEqual(new Map());
  expect(await fedRanges.read(startOf("winte"))).toEqual(new Map());
});

test("are recorded by many at once, and none is lost", async () => {
  const firsts = Array.from({ length: 30 }, (_each, index) => index * 100);
  await Promise.all(firsts.map(async (from) => fedRanges.record(startOf("busy"), from, { ...RANGE, end: from + 100 })));
  expect([...(await fedRanges.read(startOf("busy"))).keys()].toSorted((a, b) => a - b)).toEqual(firsts);
});

test("are kept as long as the ledger keeps the requests, and are nothing from then on", async () => {
  await fedRanges.record(startOf("kept"), 8, RANGE);
  const items = await tableItems(table.dynamodb, table.tableName);
  const item = items.find(({ key }) => key === "job#kept#fed#0a1b2c3d4e5f");
  expect(item?.["keptUntil"]).toBe(Math.floor(clock.now() / 1_000) + 90 * 24 * 60 * 60);

  const later = new ManualClock(clock.now() + 90 * 86_400_000);
  expect((await new DynamoDbFedRanges(table, later).read(startOf("kept"))).size).toBe(0);
});

test("of a file of 5,000 ranges fit into one item", async () => {
  const ranges = Array.from({ length: 4_999 }, (_each, index) => [
    `at${10_000_000_000 + index}`,
    [10_000_001_000, 9_999, 9, RANGE.fedAtMs],
  ]);
  const Item = marshall({ ...Object.fromEntries(ranges), key: fedRangesKey(startOf("large")) });
  await table.dynamodb.send(new PutItemCommand({ TableName: table.tableName, Item }));
  await fedRanges.record(startOf("large"), 8, RANGE);
  expect((await fedRanges.read(startOf("large"))).size).toBe(5_000);
});

test("of which one cannot be read are an error that names the job and the range", async () => {
  const Item = marshall({ at8: [900, 9, 0, RANGE.fedAtMs], at900: { end: 1_800 }, key: fedRangesKey(startOf("odd")) });
  await table.dynamodb.send(new PutItemCommand({ TableName: table.tableName, Item }));
  await expect(fedRanges.read(startOf("odd"))).rejects.toMatchObject({
    name: "UnreadableItemError",
    message: expect.stringMatching(/the job odd that this version cannot read \(at900\)/),
  });
});
