import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { marshall, unmarshall } from "@aws-sdk/util-dynamodb";
import type { PacedApi } from "../contract/paced-api.ts";
import { bucketKey } from "../contract/state-key.ts";
import { type Bucket, UNTOUCHED_BUCKET } from "../rate-limiter/bucket.ts";
import type { Advance } from "../rate-limiter/plan-reservation.ts";
import type { BucketStore } from "../worker/ports/bucket-store.ts";
import { UnreadableItemError } from "../worker/unreadable-item-error.ts";
import { storedBucket } from "./stored-bucket.ts";

interface StateTable {
  readonly dynamodb: DynamoDBClient;
  readonly tableName: string;
}

/**
 * The rate buckets in the state table: one small item for each Connect API, so that every write is one write unit.
 * DynamoDB adds in decimals; the sums agree with ours because all moments are whole microseconds.
 */
export class DynamoDbBucketStore implements BucketStore {
  readonly #table: StateTable;

  constructor(table: StateTable) {
    this.#table = table;
  }

  async read(api: PacedApi): Promise<Bucket> {
    const { dynamodb, tableName } = this.#table;
    const { Item } = await dynamodb.send(
      new GetItemCommand({ TableName: tableName, Key: marshall({ key: bucketKey(api) }), ConsistentRead: true }),
    );
    return Item === undefined ? UNTOUCHED_BUCKET : bucketIn(Item, api);
  }

  async advance(api: PacedApi, { epoch, fromMs, toMs, byMs }: Advance): Promise<Bucket | undefined> {
    const { dynamodb, tableName } = this.#table;
    return await ifConditionHolds(async () => {
      const { Attributes } = await dynamodb.send(
        new UpdateItemCommand({
          TableName: tableName,
          Key: marshall({ key: bucketKey(api) }),
          UpdateExpression: "SET theoreticalMs = theoreticalMs + :by",
          ConditionExpression: "theoreticalMs BETWEEN :from AND :to AND epoch = :epoch",
          ExpressionAttributeValues: marshall({ ":by": byMs, ":from": fromMs, ":to": toMs, ":epoch": epoch }),
          ReturnValues: "ALL_NEW",
        }),
      );
      return bucketIn(Attributes ?? {}, api);
    });
  }

  async replace(api: PacedApi, from: Bucket, to: Bucket): Promise<boolean> {
    const { dynamodb, tableName } = this.#table;
    const written = await ifConditionHolds(async () => {
      return await dynamodb.send(
        new PutItemCommand({
          TableName: tableName,
          Item: marshall({ ...to, key: bucketKey(api) }, { removeUndefinedValues: true }),
          ...ifStill(from),
        }),
      );
    });
    return written !== undefined;
  }
}

function ifStill({ version, theoreticalMs }: Bucket) {
  if (version === 0) {
    return { ConditionExpression: "attribute_not_exists(#key)", ExpressionAttributeNames: { "#key": "key" } };
  }
  return {
    ConditionExpression: "#version = :version AND theoreticalMs = :theoreticalMs",
    ExpressionAttributeNames: { "#version": "version" },
    ExpressionAttributeValues: marshall({ ":version": version, ":theoreticalMs": theoreticalMs }),
  };
}

/** The answer to a conditional write; nothing where the condition did not hold. */
async function ifConditionHolds<Answer>(write: () => Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await write();
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return undefined;
    throw error;
  }
}

function bucketIn(attributes: Record<string, AttributeValue>, api: PacedApi): Bucket {
  const { key: _key, ...stored } = unmarshall(attributes);
  const parsed = storedBucket.safeParse(stored);
  if (parsed.success) return parsed.data;
  const places = parsed.error.issues.map(({ path }) => path.join(".") || "the item").join(", ");
  throw new UnreadableItemError(
    `The rate bucket of ${api} in the state table cannot be read by this version (${places}). Delete the item ${bucketKey(api)}: the bucket begins anew.`,
  );
}
