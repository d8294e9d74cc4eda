import { type AttributeValue, BatchGetItemCommand } from "@aws-sdk/client-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import type { Clock } from "../clock.ts";
import { requestKey } from "../contract/state-key.ts";
import { backoffMs } from "../failures/backoff.ts";
import type { LedgerItem } from "../ledger/ledger-item.ts";
import type { LedgerKey } from "../worker/ports/ledger-store.ts";
import type { StateTableAccess } from "./dynamodb-ledger-store.ts";
import { IncompleteAnswerError } from "./incomplete-answer-error.ts";
import { ledgerItemIn } from "./ledger-item-in.ts";
import { LEDGER_KEPT_SECONDS } from "./ledger-kept-seconds.ts";

/** What the ledger knows of a request, and when it was written down. */
export interface WrittenItem {
  readonly item: LedgerItem;
  /** Epoch milliseconds, to the second. */
  readonly writtenAtMs: number;
}

/** DynamoDB takes no more keys in one request. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html */
export const MOST_KEYS_OF_A_BATCH = 100;

/** DynamoDB leaves out what it has no capacity for, and wants to be asked for it later. */
const BACKOFF = { baseMs: 50, maxMs: 5_000 };

/** After so many answers in a row that bring nothing, there is more wrong than a moment's load. */
const MOST_EMPTY_ANSWERS = 10;

/** Reads many requests of the ledger at once. */
export class DynamoDbLedgerReader {
  readonly #table: StateTableAccess;
  readonly #clock: Clock;
  readonly #random: () => number;

  /** `random` is uniform over [0, 1). */
  constructor(table: StateTableAccess, clock: Clock, random: () => number) {
    this.#table = table;
    this.#clock = clock;
    this.#random = random;
  }

  /** The items of these requests as of now, by `requestKey`; those that the ledger does not know are left out. At most 100 keys. */
  async read(keys: readonly LedgerKey[]): Promise<ReadonlyMap<string, WrittenItem>> {
    const operations = new Map(keys.map((key) => [requestKey(key), key.operation]));
    if (operations.size > MOST_KEYS_OF_A_BATCH) {
      throw new RangeError(`${operations.size} keys were to be read at once, and ${MOST_KEYS_OF_A_BATCH} may be.`);
    }
    const found = new Map<string, WrittenItem>();
    let wanted: readonly Record<string, AttributeValue>[] = [...operations.keys()].map((key) => marshall({ key }));
    for (let empty = 0; wanted.length > 0; ) {
      const { items, left } = await this.#readOnce(wanted);
      for (const item of items) this.#add(item, operations, found);
      empty = items.length > 0 ? 0 : empty + 1;
      if (empty >= MOST_EMPTY_ANSWERS && left.length > 0) throw new IncompleteAnswerError(NO_CAPACITY);
      if (left.length > 0) await this.#clock.sleep(backoffMs(empty + 1, BACKOFF, this.#random()));
      wanted = left;
    }
    return found;
  }

  async #readOnce(Keys: readonly Record<string, AttributeValue>[]) {
    const { tableName, dynamodb } = this.#table;
    const { Responses, UnprocessedKeys } = await dynamodb.send(
      new BatchGetItemCommand({ RequestItems: { [tableName]: { Keys: [...Keys], ConsistentRead: true } } }),
    );
    return { items: Responses?.[tableName] ?? [], left: UnprocessedKeys?.[tableName]?.Keys ?? [] };
  }

  #add(
    attributes: Record<string, AttributeValue>,
    operations: ReadonlyMap<string, string>,
    found: Map<string, WrittenItem>,
  ): void {
    const key = attributes["key"]?.S ?? "";
    const keptUntil = Number(attributes["keptUntil"]?.N);
    found.set(key, {
      item: ledgerItemIn(attributes, operations.get(key) ?? "contact"),
      writtenAtMs: (keptUntil - LEDGER_KEPT_SECONDS) * 1_000,
    });
  }
}

const NO_CAPACITY = "DynamoDB has had no capacity for the state table, ten times in a row.";
