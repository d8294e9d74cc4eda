import { UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import type { Clock } from "../clock.ts";
import { fedRangesKey } from "../contract/job-key.ts";
import type { JobStart } from "../contract/job-start.ts";
import { type FedRange, storedFedRange } from "../fed-range.ts";
import { UnreadableItemError } from "../worker/unreadable-item-error.ts";
import type { StateTableAccess } from "./dynamodb-ledger-store.ts";
import { keptItem, keptUntil } from "./kept-item.ts";

/** The attribute of the range that begins at a byte: `at4711`. */
const AT = "at";

/** The ranges of starts that have been fed, one item of the state table for each start. */
export class DynamoDbFedRanges {
  readonly #table: StateTableAccess;
  readonly #clock: Clock;

  constructor(table: StateTableAccess, clock: Clock) {
    this.#table = table;
    this.#clock = clock;
  }

  /** By their first bytes. Rejects with an UnreadableItemError. */
  async read(start: JobStart): Promise<ReadonlyMap<number, FedRange>> {
    const item = (await keptItem(this.#table, fedRangesKey(start), this.#clock.now())) ?? {};
    const ranges = Object.entries(item).filter(([name]) => /^at\d+$/.test(name));
    return new Map(ranges.map(([name, value]) => [Number(name.slice(AT.length)), fedRange(value, start, name)]));
  }

  /** Writes down that the range has been fed whose first byte is `from`. Twice is as good as once. */
  async record(start: JobStart, from: number, { end, sent, refused, fedAtMs }: FedRange): Promise<void> {
    await this.#table.dynamodb.send(
      new UpdateItemCommand({
        TableName: this.#table.tableName,
        Key: marshall({ key: fedRangesKey(start) }),
        UpdateExpression: "SET #range = :range, #keptUntil = :keptUntil",
        ExpressionAttributeNames: { "#range": `${AT}${from}`, "#keptUntil": "keptUntil" },
        ExpressionAttributeValues: marshall({
          ":range": [end, sent, refused, fedAtMs],
          ":keptUntil": keptUntil(this.#clock.now()),
        }),
      }),
    );
  }
}

function fedRange(value: unknown, { job }: JobStart, name: string): FedRange {
  const parsed = storedFedRange.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new UnreadableItemError(
    `The state table holds a fed range of the job ${job} that this version cannot read (${name}). Deploy the version that wrote it, or a later one.`,
  );
}
