import { BatchGetItemCommand, type BatchGetItemCommandOutput, type DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { DynamoDbLedgerReader } from "#shared/aws/dynamodb-ledger-reader.ts";
import { DynamoDbLedgerStore } from "#shared/aws/dynamodb-ledger-store.ts";
import { requestKey } from "#shared/contract/state-key.ts";
import type { LedgerItem } from "#shared/ledger/ledger-item.ts";
import type { LedgerKey } from "#shared/worker/ports/ledger-store.ts";
import { aStateTable, type RunningStateTable } from "#test/support/a-state-table.ts";
import { ManualClock } from "#test/support/manual-clock.ts";

const clock = new ManualClock(Date.parse("2026-11-20T12:00:00Z"));
const keyOf = (row: number): LedgerKey => ({ operation: "CreateContact", instanceId: "i", requestId: `spring/${row}` });
const ITEM: LedgerItem = { state: "started", version: 1, contentHash: "h", attempts: 1, contactId: "c" };
const keys = Array.from({ length: 100 }, (_, row) => keyOf(row));

let table: RunningStateTable;
beforeAll(async () => {
  table = await aStateTable();
  const store = new DynamoDbLedgerStore(table, clock);
  for (const key of keys.slice(0, 60)) await store.write(key, { ...ITEM, contactId: key.requestId });
});
afterAll(async () => table.stop());

const readerOver = (dynamodb: DynamoDBClient) =>
  new DynamoDbLedgerReader({ dynamodb, tableName: table.tableName }, clock, () => 0.5);

/** The table, of which every answer leaves out all keys but the first so many. */
function withCapacityFor(most: number) {
  const asked: number[] = [];
  const client = Object.create(table.dynamodb) as DynamoDBClient;
  client.send = (async ({ input }: BatchGetItemCommand) => {
    const all = input.RequestItems?.[table.tableName]?.Keys ?? [];
    asked.push(all.length);
    const [now, later] = [all.slice(0, most), all.slice(most)];
    const answer: BatchGetItemCommandOutput =
      now.length === 0
        ? { $metadata: {}, Responses: {} }
        : await table.dynamodb.send(
            new BatchGetItemCommand({ RequestItems: { [table.tableName]: { Keys: now, ConsistentRead: true } } }),
          );
    return { ...answer, UnprocessedKeys: later.length === 0 ? {} : { [table.tableName]: { Keys: later } } };
  }) as typeof client.send;
  return { client, asked };
}

describe("the ledger's reader", () => {
  test("gives the items of all keys that it knows, and when they were written", async () => {
    const found = await readerOver(table.dynamodb).read(keys);
    expect(found.size).toBe(60);
    expect(found.get(requestKey(keyOf(42)))).toEqual({
      item: { ...ITEM, contactId: "spring/42" },
      writtenAtMs: Date.parse("2026-11-20T12:00:00Z"),
    });
  });

  test("asks for a key that is given twice once, as DynamoDB wants it", async () => {
    expect((await readerOver(table.dynamodb).read([keyOf(1), keyOf(1), keyOf(99)])).size).toBe(1);
  });

  test("asks for nothing where it is given nothing", async () => {
    const { asked, client } = withCapacityFor(100);
    expect([await readerOver(client).read([]), asked]).toEqual([new Map(), []]);
  });

  test("asks again, later, for what DynamoDB had no capacity for", async () => {
    const { asked, client } = withCapacityFor(40);
    const before = clock.now();
    expect((await readerOver(client).read(keys)).size).toBe(60);
    expect(asked).toEqual([100, 60, 20]);
    expect(clock.now()).toBeGreaterThan(before);
  });

  test("gives up where DynamoDB has no capacity at all", async () => {
    const { asked, client } = withCapacityFor(0);
    await expect(readerOver(client).read(keys)).rejects.toMatchObject({
      name: "IncompleteAnswerError",
      message: expect.stringMatching(/no capacity/),
    });
    expect(asked).toHaveLength(10);
  });

  test("takes no more keys than DynamoDB does", async () => {
    await expect(readerOver(table.dynamodb).read([...keys, keyOf(100)])).rejects.toThrow(RangeError);
  });
});
