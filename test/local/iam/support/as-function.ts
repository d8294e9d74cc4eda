import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { S3Client } from "@aws-sdk/client-s3";
import { SQSClient } from "@aws-sdk/client-sqs";
import { functionCredentials } from "#local/lambda/function-credentials.ts";
import type { LocalSystem } from "#local/start-local-system.ts";

/** Clients with the credentials of a function, each with one attempt. */
export function asFunction({ endpoint }: LocalSystem, functionName = "worker") {
  const settings = {
    endpoint,
    region: "us-east-1",
    credentials: functionCredentials(`arn:aws:lambda:us-east-1:000000000000:function:${functionName}`),
    maxAttempts: 1,
  };
  return {
    settings,
    dynamodb: new DynamoDBClient(settings),
    events: new EventBridgeClient(settings),
    s3: new S3Client({ ...settings, forcePathStyle: true }),
    sqs: new SQSClient(settings),
  };
}
