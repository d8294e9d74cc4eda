import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { LocalSystem } from "#local/start-local-system.ts";

/** A client of the local system's DynamoDB that makes one attempt. */
export const aDynamoDbClient = ({ endpoint }: LocalSystem): DynamoDBClient =>
  new DynamoDBClient({
    endpoint,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    maxAttempts: 1,
  });
