import type { SQSClient } from "@aws-sdk/client-sqs";
import type { Operation } from "#shared/contract/operation.ts";
import type { Lane } from "#shared/contract/queue-name.ts";
import type { ObjectStore } from "./object-store.ts";

/** How a producer reaches a deployment, and how it sends. */
export interface ContactRequestProducerOptions {
  /**
   * Which deployment: what the names of its queues begin with.
   * @default "contact-requests"
   */
  readonly prefix?: string;
  /**
   * `live` for what people wait for; `backfill` takes what live leaves of the quota.
   * @default "live"
   */
  readonly lane?: Lane;
  /**
   * The URLs of queues that are known, which saves the right and the time to look them up.
   * @default - found by their names
   */
  readonly queueUrls?: Readonly<Partial<Record<Operation, string>>>;
  /**
   * The account of the deployment, where it is not the sender's own: its queues are looked up there.
   * @default - the account of the credentials
   */
  readonly queueOwnerAccountId?: string;
  /**
   * Sends the messages; its own retries count beside the producer's.
   * @default - one that finds credentials and Region as the AWS SDK does
   */
  readonly client?: SQSClient;
  /**
   * The deployment's payload bucket: requests that are too large for SQS go there, under `payloads/`, and a pointer of the Extended
   * Client Library goes to the queue.
   * @default - such requests are answered with `failed`
   */
  readonly payloadBucket?: string;
  /**
   * An `S3Client` of `@aws-sdk/client-s3`; for nothing without `payloadBucket`.
   * @default - one that finds credentials and Region as the AWS SDK does
   */
  readonly s3?: ObjectStore;
  /**
   * Messages of more bytes than this, attributes included, go to the payload bucket.
   * @default 1_048_576, which is as much as SQS takes
   */
  readonly offloadAboveBytes?: number;
  /**
   * Makes the requestId of requests that have none, such as "billing/" and a random UUID. A request that is sent again needs the id
   * that it had: take it from the outcome.
   * @default - a request without an id is refused
   */
  readonly generateRequestId?: () => string;
  /**
   * The `source` of requests that name none, and so their MessageGroupId.
   * @default - none
   */
  readonly source?: string;
  /**
   * How many requests `sendMany` reads of its source ahead of the outcomes that have been taken: what it holds in memory.
   * @default 100
   */
  readonly readAhead?: number;
  /**
   * How many batches `sendMany` has under way at once.
   * @default 4
   */
  readonly parallelBatches?: number;
  /**
   * How long `sendMany` lets a batch wait that is not full, while its source gives nothing.
   * @default 50
   */
  readonly lingerMs?: number;
  /**
   * How often a message is sent before it is given up, and the bounds of the pauses between: full jitter over a time that doubles.
   * @default - 6 times, from 200 ms up to 5 s
   */
  readonly retry?: { readonly tries: number; readonly baseMs: number; readonly maxMs: number };
}
