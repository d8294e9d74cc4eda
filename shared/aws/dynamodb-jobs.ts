import {
  type AttributeValue,
  ConditionalCheckFailedException,
  GetItemCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { marshall, unmarshall } from "@aws-sdk/util-dynamodb";
import type { Clock } from "../clock.ts";
import { fedRangesKey, jobKey } from "../contract/job-key.ts";
import { type FedRange, storedFedRange } from "../fed-range.ts";
import { type JobItem, jobItemSchema } from "../job-item.ts";
import type { StateTableAccess } from "./dynamodb-ledger-store.ts";

/** As long as the ledger keeps the job's requests after their last write. */
const KEPT_SECONDS = 90 * 24 * 60 * 60;

/** The attribute of the range that begins at a byte: `at4711`. */
const AT = "at";

/** A range of a job's file, by its bytes. */
export interface JobRange {
  readonly job: string;
  /** Of the file that the range is of: SHA-256, hex. */
  readonly fileHash: string;
  readonly start: number;
}

/** The items of jobs in the state table. */
export class DynamoDbJobs {
  readonly #table: StateTableAccess;
  readonly #clock: Clock;

  constructor(table: StateTableAccess, clock: Clock) {
    this.#table = table;
    this.#clock = clock;
  }

  /** Undefined for a job that was never started, or longer ago than items are kept. */
  async read(job: string): Promise<JobItem | undefined> {
    const item = await this.#get(jobKey(job));
    if (item === undefined) return undefined;
    const parsed = jobItemSchema.safeParse(item);
    if (parsed.success) return parsed.data;
    const places = parsed.error.issues.map(({ path }) => path.join(".") || "the item").join(", ");
    throw new Error(
      `The state table holds an item of the job ${job} that this version cannot read (${places}). Deploy the version that wrote it, or a later one.`,
    );
  }

  /** The ranges of the job's file that have been fed, by their first bytes. */
  async fedRanges(job: string, fileHash: string): Promise<ReadonlyMap<number, FedRange>> {
    const item = (await this.#get(fedRangesKey(job, fileHash))) ?? {};
    const ranges = Object.entries(item).filter(([name]) => /^at\d+$/.test(name));
    return new Map(ranges.map(([name, value]) => [Number(name.slice(AT.length)), storedFedRange.parse(value)]));
  }

  /** Writes down that a range has been fed. Twice is as good as once. */
  async recordFed({ job, fileHash, start }: JobRange, { end, sent, refused }: FedRange): Promise<void> {
    await this.#table.dynamodb.send(
      new UpdateItemCommand({
        TableName: this.#table.tableName,
        Key: marshall({ key: fedRangesKey(job, fileHash) }),
        UpdateExpression: "SET #range = :range, #keptUntil = :keptUntil",
        ExpressionAttributeNames: { "#range": `${AT}${start}`, "#keptUntil": "keptUntil" },
        ExpressionAttributeValues: marshall({
          ":range": [end, sent, refused],
          ":keptUntil": Math.floor(this.#clock.now() / 1_000) + KEPT_SECONDS,
        }),
      }),
    );
  }

  /**
   * Marks a job as cancelled, for good. Answers whether there is such a job. The first mark is the one that counts: a second
   * changes nothing.
   */
  async cancel(job: string): Promise<boolean> {
    const nowMs = this.#clock.now();
    try {
      await this.#table.dynamodb.send(
        new UpdateItemCommand({
          TableName: this.#table.tableName,
          Key: marshall({ key: jobKey(job) }),
          UpdateExpression: "SET #state = :cancelled, #at = if_not_exists(#at, :now), #keptUntil = :keptUntil",
          ConditionExpression: "attribute_exists(#key)",
          ExpressionAttributeNames: {
            "#key": "key",
            "#state": "state",
            "#at": "cancelledAtMs",
            "#keptUntil": "keptUntil",
          },
          ExpressionAttributeValues: marshall({
            ":cancelled": "cancelled",
            ":now": nowMs,
            ":keptUntil": Math.floor(nowMs / 1_000) + KEPT_SECONDS,
          }),
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }

  async #get(key: string): Promise<Record<string, unknown> | undefined> {
    const { Item } = await this.#table.dynamodb.send(
      new GetItemCommand({ TableName: this.#table.tableName, Key: marshall({ key }), ConsistentRead: true }),
    );
    return Item === undefined ? undefined : plain(Item);
  }
}

const plain = (item: Record<string, AttributeValue>): Record<string, unknown> => unmarshall(item);
