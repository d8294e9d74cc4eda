import { SQSClient } from "@aws-sdk/client-sqs";
import type { Operation } from "#shared/contract/operation.ts";
import { queueName } from "#shared/contract/queue-name.ts";
import { PATIENCE } from "./patience.ts";
import type { ContactRequestProducerOptions } from "./producer-options.ts";
import { S3PayloadStore } from "./s3-payload-store.ts";
import type { BatchQueue, Patience } from "./send-batch.ts";
import type { SendRunOptions } from "./send-run.ts";
import { SqsQueue } from "./sqs-queue.ts";

const PARALLEL_BATCHES = 4;

/** What each run of sending does by a producer's options, which are checked. */
export function runOptions(options: ContactRequestProducerOptions): SendRunOptions {
  const { payloadBucket, s3, offloadAboveBytes, readAhead, lingerMs, parallelBatches = PARALLEL_BATCHES } = options;
  return {
    queueOf: queuesOf(options),
    patience: patienceOf(options),
    parallelBatches,
    ...(readAhead !== undefined && { readAhead }),
    ...(lingerMs !== undefined && { lingerMs }),
    ...(offloadAboveBytes !== undefined && { offloadAboveBytes }),
    ...(payloadBucket !== undefined && { payloads: new S3PayloadStore(payloadBucket, s3) }),
  };
}

function patienceOf({ retry }: ContactRequestProducerOptions): Patience {
  if (retry === undefined) return PATIENCE;
  const { tries, ...backoff } = retry;
  return { ...PATIENCE, tries, backoff };
}

function queuesOf(options: ContactRequestProducerOptions): (operation: Operation) => BatchQueue {
  const { prefix = "contact-requests", lane = "live", client, queueUrls = {}, queueOwnerAccountId } = options;
  const queues = new Map<Operation, BatchQueue>();
  let sqs = client;
  const open = (operation: Operation): BatchQueue => {
    sqs ??= new SQSClient({});
    const url = queueUrls[operation];
    const queue = new SqsQueue(sqs, {
      name: queueName(prefix, operation, lane),
      ...(url !== undefined && { url }),
      ...(queueOwnerAccountId !== undefined && { ownerAccountId: queueOwnerAccountId }),
    });
    queues.set(operation, queue);
    return queue;
  };
  return (operation) => queues.get(operation) ?? open(operation);
}
