import { ConditionalCheckFailedException, PutItemCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import type { Clock } from "../clock.ts";
import { jobKey } from "../contract/job-key.ts";
import type { JobStart } from "../contract/job-start.ts";
import { type JobItem, jobItemSchema } from "../job-item.ts";
import { UnreadableItemError } from "../worker/unreadable-item-error.ts";
import type { StateTableAccess } from "./dynamodb-ledger-store.ts";
import { keptItem, keptUntil } from "./kept-item.ts";

/**
 * The items of jobs in the state table. A name belongs to one start at a time, which goes from `storing` to `feeding` to
 * `fed`; all changes are conditional, and each may be made again by who got no answer.
 */
export class DynamoDbJobs {
  readonly #table: StateTableAccess;
  readonly #clock: Clock;

  constructor(table: StateTableAccess, clock: Clock) {
    this.#table = table;
    this.#clock = clock;
  }

  /** Undefined for a job that was never started, or longer ago than items are kept. Rejects with an UnreadableItemError. */
  async read(job: string): Promise<JobItem | undefined> {
    const item = await keptItem(this.#table, jobKey(job), this.#clock.now());
    if (item === undefined) return undefined;
    const parsed = jobItemSchema.safeParse(item);
    if (parsed.success) return parsed.data;
    const places = parsed.error.issues.map(({ path }) => path.join(".") || "the item").join(", ");
    throw new UnreadableItemError(
      `The state table holds an item of the job ${job} that this version cannot read (${places}). Deploy the version that wrote it, or a later one.`,
    );
  }

  /**
   * Gives a name to a start whose files are not stored yet: a free name, or that of the start `before`, whose files are not
   * either. Answers whether it has it; if not, somebody else was faster.
   */
  async register(job: string, item: JobItem, before: JobStart | undefined): Promise<boolean> {
    const nowMs = this.#clock.now();
    return await ifItHolds(async () =>
      this.#table.dynamodb.send(
        new PutItemCommand({
          TableName: this.#table.tableName,
          Item: marshall({ ...item, key: jobKey(job), keptUntil: keptUntil(nowMs) }),
          ConditionExpression:
            "attribute_not_exists(#key) OR #keptUntil <= :now OR (#state = :storing AND #startId IN (:before, :mine))",
          ExpressionAttributeNames: { ...NAMES, "#key": "key" },
          ExpressionAttributeValues: marshall({
            ":now": Math.floor(nowMs / 1_000),
            ":storing": "storing",
            ":before": before?.startId ?? item.startId,
            ":mine": item.startId,
          }),
        }),
      ),
    );
  }

  /** All files of a start are stored: it may be fed, and the name is its own. Answers whether it is so. */
  async markStored(start: JobStart): Promise<boolean> {
    return await this.#advance(start, "storing", "feeding");
  }

  /** All ranges of a start are fed. Answers whether it is so: not where the job was cancelled. */
  async markFed(start: JobStart): Promise<boolean> {
    return await this.#advance(start, "feeding", "fed");
  }

  async #advance({ job, startId }: JobStart, from: JobItem["state"], to: JobItem["state"]): Promise<boolean> {
    return await ifItHolds(async () =>
      this.#table.dynamodb.send(
        new UpdateItemCommand({
          TableName: this.#table.tableName,
          Key: marshall({ key: jobKey(job) }),
          UpdateExpression: "SET #state = :to, #keptUntil = :keptUntil",
          ConditionExpression: "#startId = :startId AND #state IN (:from, :to)",
          ExpressionAttributeNames: NAMES,
          ExpressionAttributeValues: marshall({
            ":startId": startId,
            ":from": from,
            ":to": to,
            ":keptUntil": keptUntil(this.#clock.now()),
          }),
        }),
      ),
    );
  }

  /**
   * Marks a job as cancelled, for good. Answers whether there is such a job: not where its item has expired. The first mark is
   * the one that counts: a second changes nothing.
   */
  async cancel(job: string): Promise<boolean> {
    const nowMs = this.#clock.now();
    return await ifItHolds(async () =>
      this.#table.dynamodb.send(
        new UpdateItemCommand({
          TableName: this.#table.tableName,
          Key: marshall({ key: jobKey(job) }),
          UpdateExpression: "SET #state = :cancelled, #at = if_not_exists(#at, :now), #keptUntil = :keptUntil",
          ConditionExpression: "#keptUntil > :nowSeconds",
          ExpressionAttributeNames: {
            "#state": "state",
            "#at": "cancelledAtMs",
            "#keptUntil": "keptUntil",
          },
          ExpressionAttributeValues: marshall({
            ":cancelled": "cancelled",
            ":now": nowMs,
            ":nowSeconds": Math.floor(nowMs / 1_000),
            ":keptUntil": keptUntil(nowMs),
          }),
        }),
      ),
    );
  }
}

const NAMES = { "#state": "state", "#startId": "startId", "#keptUntil": "keptUntil" };

async function ifItHolds(write: () => Promise<unknown>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
