import { GetItemCommand } from "@aws-sdk/client-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import { jobKey } from "../contract/job-key.ts";
import type { Jobs } from "../worker/ports/jobs.ts";
import type { StateTableAccess } from "./dynamodb-ledger-store.ts";

/** What a worker needs to know of jobs, and no more: an item that it could not read as a whole must not stop the rows. */
export class DynamoDbJobMarks implements Jobs {
  readonly #table: StateTableAccess;

  constructor(table: StateTableAccess) {
    this.#table = table;
  }

  async isCancelled(job: string): Promise<boolean> {
    const { Item } = await this.#table.dynamodb.send(
      new GetItemCommand({
        TableName: this.#table.tableName,
        Key: marshall({ key: jobKey(job) }),
        ProjectionExpression: "#state",
        ExpressionAttributeNames: { "#state": "state" },
        ConsistentRead: true,
      }),
    );
    return Item?.["state"]?.S === "cancelled";
  }
}
