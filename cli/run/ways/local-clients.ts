import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { S3Client } from "@aws-sdk/client-s3";
import { SQSClient } from "@aws-sdk/client-sqs";

/** An upstream's clients of the local system. */
export interface LocalClients {
  readonly sqs: SQSClient;
  readonly s3: S3Client;
  readonly eventBridge: EventBridgeClient;
  /** Drops the connections that are kept open. */
  destroy(): void;
}

/** `endpoint`: the address of the local system, which takes any credentials. */
export function localClients(endpoint: string): LocalClients {
  const place = { endpoint, region: "us-east-1", credentials: { accessKeyId: "local", secretAccessKey: "local" } };
  const clients = {
    sqs: new SQSClient(place),
    s3: new S3Client({ ...place, forcePathStyle: true }),
    eventBridge: new EventBridgeClient(place),
  };
  return {
    ...clients,
    destroy: () => {
      for (const client of Object.values(clients)) client.destroy();
    },
  };
}
