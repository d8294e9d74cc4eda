import { SQSClient } from "@aws-sdk/client-sqs";
import type { Operation } from "#shared/contract/operation.ts";
import { queueName } from "#shared/contract/queue-name.ts";
import { MAX_BYTES } from "./batch.ts";
import { PATIENCE } from "./patience.ts";
import type { ContactRequestProducerOptions } from "./producer-options.ts";
import { S3PayloadStore } from "./s3-payload-store.ts";
import type { BatchQueue, Patience } from "./send-batch.ts";
import type { SendRunOptions } from "./send-run.ts";
import { SqsQueue } from "./sqs-queue.ts";

const PARALLEL_BATCHES = 4;

/** What each run of sending does by a producer's options. Throws an Error that names the option which is wrong. */
export function runOptions(options: ContactRequestProducerOptions): SendRunOptions {
  const { payloadBucket, s3, offloadAboveBytes, readAhead, lingerMs, parallelBatches = PARALLEL_BATCHES } = options;
  requireWithin("offloadAboveBytes", offloadAboveBytes, { min: 0, max: MAX_BYTES });
  requireWithin("readAhead", readAhead, { min: 1 });
  requireWithin("parallelBatches", parallelBatches, { min: 1 });
  requireWithin("lingerMs", lingerMs, { min: 0 });
  requireWithin("retry.tries", options.retry?.tries, { min: 1 });
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

function requireWithin(
  name: string,
  value: number | undefined,
  { min, max = Number.MAX_SAFE_INTEGER }: { readonly min: number; readonly max?: number },
): void {
  if (value === undefined || (Number.isInteger(value) && value >= min && value <= max)) return;
  const upTo = max === Number.MAX_SAFE_INTEGER ? "" : ` to ${max}`;
  throw new RangeError(`${name} is ${value}: give a whole number from ${min}${upTo}, or leave it out.`);
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
