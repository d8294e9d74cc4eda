import { randomUUID } from "node:crypto";
import { Logger } from "@aws-lambda-powertools/logger";
import { ConnectClient } from "@aws-sdk/client-connect";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { S3Client } from "@aws-sdk/client-s3";
import { SQSClient } from "@aws-sdk/client-sqs";
import * as z from "zod";
import { ConnectCaller, type SendCommands } from "#shared/aws/connect-caller.ts";
import { DynamoDbBucketStore } from "#shared/aws/dynamodb-bucket-store.ts";
import { DynamoDbJobMarks } from "#shared/aws/dynamodb-job-marks.ts";
import { DynamoDbLedgerStore } from "#shared/aws/dynamodb-ledger-store.ts";
import { EventBridgeOutcomes } from "#shared/aws/event-bridge-outcomes.ts";
import { patience } from "#shared/aws/patience.ts";
import { S3Attachments, signingClient } from "#shared/aws/s3-attachments.ts";
import { S3Payloads } from "#shared/aws/s3-payloads.ts";
import { SqsDeadLetters } from "#shared/aws/sqs-dead-letters.ts";
import { SqsVisibility } from "#shared/aws/sqs-visibility.ts";
import { stateTableClient } from "#shared/aws/state-table-client.ts";
import { type ConnectInstance, parseConnectInstanceArn } from "#shared/connect-instance.ts";
import { knownNames } from "#shared/contract/known-names.ts";
import type { Operation } from "#shared/contract/operation.ts";
import { ENV } from "#shared/env.ts";
import { plannedPace } from "#shared/rate-limiter/pace.ts";
import { faultOf } from "#shared/worker/fault-of.ts";
import { SharedRateLimiter } from "#shared/worker/rate-limiter/shared-rate-limiter.ts";
import { RememberedJobs } from "#shared/worker/remembered-jobs.ts";
import { StoredDrafts } from "#shared/worker/stored-drafts.ts";
import { StoredLedger } from "#shared/worker/stored-ledger.ts";
import type { Worker } from "#shared/worker/worker.ts";
import { workerSettingsSchema } from "#shared/worker/worker-settings.ts";
import { LoggerJournal } from "./logger-journal.ts";
import { readText } from "./read-text.ts";
import { SYSTEM_CLOCK } from "./system-clock.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** Everything that a worker's handler is made of. */
export interface Wiring {
  readonly worker: Worker;
  readonly visibility: SqsVisibility;
  readonly rateLimiter: SharedRateLimiter;
  readonly logger: Logger;
}

/** Puts a worker together from its environment. Throws what is missing or wrong there, and what to do about it. */
export function wireWorker(operation: Operation, commands: SendCommands, environment: Environment): Wiring {
  const settings = readJson(environment, ENV.workerSettings, workerSettingsSchema);
  const sqs = new SQSClient(patience(settings.closingTimeMs / 2));
  const eventBridge = new EventBridgeClient(patience(settings.closingTimeMs / 2));
  const isLocal = environment["AWS_ENDPOINT_URL"] !== undefined;
  const s3 = new S3Client({ ...patience(settings.closingTimeMs / 2), forcePathStyle: isLocal });
  const connect = new ConnectClient({ maxAttempts: 1 });
  const logger = new Logger({ serviceName: "contact-requests" });
  const payloadBucket = readText(environment, ENV.payloadBucketName);
  const stateTable = { dynamodb: stateTableClient(), tableName: readText(environment, ENV.stateTableName) };
  const ledgerStore = new DynamoDbLedgerStore(stateTable, SYSTEM_CLOCK);
  const journal = new LoggerJournal(logger);
  const rateLimiter = new SharedRateLimiter(new DynamoDbBucketStore(stateTable), {
    pacesOf: (api) => {
      const { quota, pace } = known(settings.quotas[api], "quota", api);
      return { pace: plannedPace(quota), paceAlone: pace };
    },
    pause: settings.pause,
    holdMs: settings.holdMs,
    clock: SYSTEM_CLOCK,
    random: Math.random,
    onOutage: (reason) => {
      journal.noteOutage(operation, faultOf(reason));
    },
  });
  const deadLetterQueue = { queueUrl: readText(environment, ENV.deadLetterQueueUrl), payloadBucket };
  return {
    logger,
    rateLimiter,
    visibility: new SqsVisibility(sqs, readJson(environment, ENV.sourceQueueUrls, z.array(z.url()).min(1))),
    worker: {
      operation,
      settings,
      instances: readJson(environment, ENV.connectInstanceArns, z.array(z.string()).min(1)).map(toInstance),
      vocabulary: knownNames(),
      ledger: new StoredLedger(ledgerStore, {
        clock: SYSTEM_CLOCK,
        tokenWindowMs: (api) => known(settings.tokenWindowMs[api], "token window", api),
        newAttemptId: randomUUID,
      }),
      drafts: new StoredDrafts(ledgerStore, SYSTEM_CLOCK),
      jobs: new RememberedJobs(new DynamoDbJobMarks(stateTable), SYSTEM_CLOCK),
      rateLimiter,
      connect: new ConnectCaller(connect, commands),
      deadLetters: new SqsDeadLetters(sqs, s3, deadLetterQueue),
      outcomes: new EventBridgeOutcomes(eventBridge, readText(environment, ENV.eventBusName)),
      payloads: new S3Payloads(s3, payloadBucket),
      attachments: new S3Attachments(signingClient(isLocal), {
        buckets: readJson(environment, ENV.attachmentBuckets, z.array(z.string())),
        clock: SYSTEM_CLOCK,
      }),
      journal,
      clock: SYSTEM_CLOCK,
      random: Math.random,
    },
  };
}

/** A setting of an API that this worker calls. Without it, the worker calls what it is not set to: a bug. */
function known<T>(setting: T | undefined, what: string, api: string): T {
  if (setting === undefined) throw new TypeError(`This worker has no ${what} for ${api}.`);
  return setting;
}

function readJson<T>(environment: Environment, name: string, schema: z.ZodType<T>): T {
  const text = readText(environment, name);
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    throw new Error(`The environment variable ${name} does not hold what this version reads. Deploy again.`, { cause });
  }
}

function toInstance(arn: string): ConnectInstance {
  const instance = parseConnectInstanceArn(arn);
  if (instance === undefined) {
    throw new Error(`The environment variable ${ENV.connectInstanceArns} names ${arn}, which is no Connect instance.`);
  }
  return instance;
}
