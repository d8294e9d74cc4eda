import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { CreateQueueCommand, type Message, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { buildApp } from "fauxqs";
import { allowAstralCharacters } from "#local/fauxqs/allow-astral-characters.ts";
import { createFauxqsStores } from "#local/fauxqs/fauxqs-stores.ts";
import { keepSystemAttributes } from "#local/fauxqs/keep-system-attributes.ts";
import { OPERATIONS, type Operation } from "#shared/contract/operation.ts";
import { type Lane, queueName } from "#shared/contract/queue-name.ts";

export const PAYLOAD_BUCKET = "the-payload-bucket";

/** SQS with the queues of a deployment, and S3 with its payload bucket; no workers. */
export interface SqsAndS3 {
  readonly address: string;
  /** What a client of any service needs. */
  readonly client: SqsClientSettings;
  readonly sqs: SQSClient;
  readonly s3: S3Client;
  /** Takes every message out of a queue. */
  take(operation: Operation, lane?: Lane): Promise<readonly Message[]>;
  /** The keys in the payload bucket. */
  keys(): Promise<readonly string[]>;
  object(key: string): Promise<string>;
  stop(): Promise<void>;
}

interface SqsClientSettings {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** Starts both on a free port, with the queues of the deployment `prefix`. */
export async function startSqsAndS3(prefix = "contact-requests"): Promise<SqsAndS3> {
  await allowAstralCharacters();
  const stores = await createFauxqsStores();
  const app = buildApp({ logger: false, defaultRegion: "us-east-1", stores });
  keepSystemAttributes(app, stores.sqsStore);
  const address = await app.listen({ port: 0, host: "127.0.0.1" });
  const client = {
    endpoint: address,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  };
  const sqs = new SQSClient(client);
  const s3 = new S3Client({ ...client, forcePathStyle: true });
  const urls = new Map<string, string>();
  for (const operation of OPERATIONS) {
    for (const lane of ["live", "backfill"] as const) {
      const name = queueName(prefix, operation, lane);
      const { QueueUrl = "" } = await sqs.send(new CreateQueueCommand({ QueueName: name }));
      urls.set(name, QueueUrl);
    }
  }
  await s3.send(new CreateBucketCommand({ Bucket: PAYLOAD_BUCKET }));
  return {
    address,
    client,
    sqs,
    s3,
    take: async (operation, lane = "live") => takeAll(sqs, urls.get(queueName(prefix, operation, lane))),
    keys: async () => {
      const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: PAYLOAD_BUCKET }));
      return Contents.map(({ Key = "" }) => Key);
    },
    object: async (Key) => {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: PAYLOAD_BUCKET, Key }));
      return (await Body?.transformToString()) ?? "";
    },
    stop: async () => {
      sqs.destroy();
      s3.destroy();
      await app.close();
    },
  };
}

async function takeAll(sqs: SQSClient, url: string | undefined): Promise<readonly Message[]> {
  const taken: Message[] = [];
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: url,
        MaxNumberOfMessages: 10,
        MessageAttributeNames: ["All"],
        MessageSystemAttributeNames: ["All"],
      }),
    );
    if (Messages.length === 0) return taken;
    taken.push(...Messages);
  }
}
