import { GetItemCommand } from "@aws-sdk/client-dynamodb";
import { marshall, unmarshall } from "@aws-sdk/util-dynamodb";
import type { StateTableAccess } from "./dynamodb-ledger-store.ts";
import { LEDGER_KEPT_SECONDS } from "./ledger-kept-seconds.ts";

/**
 * Until when an item about a job is kept that is written now, epoch seconds. It is as long as the ledger keeps a request after
 * its last write, which may come days after the job's.
 */
export const keptUntil = (nowMs: number): number => Math.floor(nowMs / 1_000) + LEDGER_KEPT_SECONDS;

/** An item of the state table; undefined also for one that has expired: DynamoDB deletes it some days later. */
export async function keptItem(
  { dynamodb, tableName }: StateTableAccess,
  key: string,
  nowMs: number,
): Promise<Record<string, unknown> | undefined> {
  const { Item } = await dynamodb.send(
    new GetItemCommand({ TableName: tableName, Key: marshall({ key }), ConsistentRead: true }),
  );
  if (Item === undefined) return undefined;
  const item: Record<string, unknown> = unmarshall(Item);
  const { keptUntil: until } = item;
  return typeof until === "number" && until * 1_000 <= nowMs ? undefined : item;
}
