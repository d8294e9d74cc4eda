import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from "@aws-sdk/client-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import type { Clock } from "../clock.ts";
import { requestKey } from "../contract/state-key.ts";
import type { LedgerItem } from "../ledger/ledger-item.ts";
import type { LedgerKey, LedgerStore } from "../worker/ports/ledger-store.ts";
import { ledgerItemIn } from "./ledger-item-in.ts";
import { LEDGER_KEPT_SECONDS } from "./ledger-kept-seconds.ts";

export interface StateTableAccess {
  readonly dynamodb: DynamoDBClient;
  readonly tableName: string;
}

/** The ledger's items in the state table: one for each request, with its version as the condition of every write. */
export class DynamoDbLedgerStore implements LedgerStore {
  readonly #table: StateTableAccess;
  readonly #clock: Clock;

  constructor(table: StateTableAccess, clock: Clock) {
    this.#table = table;
    this.#clock = clock;
  }

  async read(key: LedgerKey): Promise<LedgerItem | undefined> {
    const { Item } = await this.#table.dynamodb.send(
      new GetItemCommand({
        TableName: this.#table.tableName,
        Key: marshall({ key: requestKey(key) }),
        ConsistentRead: true,
      }),
    );
    return Item === undefined ? undefined : ledgerItemIn(Item, key.operation);
  }

  async write(key: LedgerKey, item: LedgerItem): Promise<boolean> {
    try {
      await this.#table.dynamodb.send(
        new PutItemCommand({ TableName: this.#table.tableName, Item: this.#stored(key, item), ...ifStillBefore(item) }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }

  #stored(key: LedgerKey, item: LedgerItem): Record<string, AttributeValue> {
    const keptUntil = Math.floor(this.#clock.now() / 1_000) + LEDGER_KEPT_SECONDS;
    return marshall({ ...item, key: requestKey(key), keptUntil }, { removeUndefinedValues: true });
  }
}

function ifStillBefore({ version }: LedgerItem) {
  if (version === 1) {
    return { ConditionExpression: "attribute_not_exists(#key)", ExpressionAttributeNames: { "#key": "key" } };
  }
  return {
    ConditionExpression: "#version = :before",
    ExpressionAttributeNames: { "#version": "version" },
    ExpressionAttributeValues: marshall({ ":before": version - 1 }),
  };
}
