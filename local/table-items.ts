import { type AttributeValue, type DynamoDBClient, paginateScan } from "@aws-sdk/client-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";

/** Every item that a table holds at this moment, as plain objects. Rejects while DynamoDB is in an outage. */
export async function tableItems(
  dynamodb: DynamoDBClient,
  tableName: string,
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const items: Record<string, AttributeValue>[] = [];
  for await (const page of paginateScan({ client: dynamodb }, { TableName: tableName, ConsistentRead: true })) {
    items.push(...(page.Items ?? []));
  }
  return items.map((item) => unmarshall(item));
}
