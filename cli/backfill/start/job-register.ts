import { ConditionalCheckFailedException, PutItemCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import type { StateTableAccess } from "#shared/aws/dynamodb-ledger-store.ts";
import { LEDGER_KEPT_SECONDS } from "#shared/aws/ledger-kept-seconds.ts";
import { jobKey } from "#shared/contract/job-key.ts";
import type { JobItem } from "#shared/job-item.ts";

/** Writes down that a job begins, and that it has been fed. Two who begin one job at once cannot both do it. */
export class JobRegister {
  readonly #table: StateTableAccess;

  constructor(table: StateTableAccess) {
    this.#table = table;
  }

  /**
   * Registers a job: a new one, or in place of `before`, of which nothing was sent. Answers whether it was; if not, somebody
   * else was faster.
   */
  async register(job: string, item: JobItem, before: JobItem | undefined): Promise<boolean> {
    return await ifItHolds(async () =>
      this.#table.dynamodb.send(
        new PutItemCommand({
          TableName: this.#table.tableName,
          Item: marshall({ ...item, key: jobKey(job), keptUntil: keptUntil(item.startedAtMs) }),
          ...(before === undefined ? IF_NEW : ifStill(before)),
        }),
      ),
    );
  }

  /** Marks a job as fed, unless it was cancelled meanwhile. Answers whether it is. */
  async markFed(job: string, item: JobItem): Promise<boolean> {
    const still = ifStill(item);
    return await ifItHolds(async () =>
      this.#table.dynamodb.send(
        new UpdateItemCommand({
          TableName: this.#table.tableName,
          Key: marshall({ key: jobKey(job) }),
          UpdateExpression: "SET #state = :fed",
          ...still,
          ExpressionAttributeValues: { ...still.ExpressionAttributeValues, ...marshall({ ":fed": "fed" }) },
        }),
      ),
    );
  }
}

const keptUntil = (nowMs: number): number => Math.floor(nowMs / 1_000) + LEDGER_KEPT_SECONDS;

const IF_NEW = { ConditionExpression: "attribute_not_exists(#key)", ExpressionAttributeNames: { "#key": "key" } };

/** Whether the item is as it was read: of this start, and neither fed nor cancelled. */
const ifStill = ({ startedAtMs, fileHash, templateHash }: JobItem) => ({
  ConditionExpression:
    "#state = :feeding AND #startedAtMs = :startedAtMs AND #fileHash = :fileHash AND #templateHash = :templateHash",
  ExpressionAttributeNames: {
    "#state": "state",
    "#startedAtMs": "startedAtMs",
    "#fileHash": "fileHash",
    "#templateHash": "templateHash",
  },
  ExpressionAttributeValues: marshall({
    ":feeding": "feeding",
    ":startedAtMs": startedAtMs,
    ":fileHash": fileHash,
    ":templateHash": templateHash,
  }),
});

async function ifItHolds(write: () => Promise<unknown>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
