import { Logger } from "@aws-lambda-powertools/logger";
import { S3Client } from "@aws-sdk/client-s3";
import { SQSClient } from "@aws-sdk/client-sqs";
import * as z from "zod";
import { ContactRequestProducer } from "#producer/contact-request-producer.ts";
import { DynamoDbFedRanges } from "#shared/aws/dynamodb-fed-ranges.ts";
import { DynamoDbJobs } from "#shared/aws/dynamodb-jobs.ts";
import { patience } from "#shared/aws/patience.ts";
import { S3JobFiles } from "#shared/aws/s3-job-files.ts";
import { stateTableClient } from "#shared/aws/state-table-client.ts";
import { OPERATIONS } from "#shared/contract/operation.ts";
import { ENV } from "#shared/env.ts";
import { FEED_ENV } from "#shared/env-of-feed.ts";
import type { FeedParts } from "./feed-parts.ts";
import { readText } from "./read-text.ts";
import { SYSTEM_CLOCK } from "./system-clock.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** Longer than S3 and SQS take on a bad day. The producer tries again by itself. */
const ATTEMPT_MS = 10_000;

/** Everything that the feed's handler is made of. */
export interface FeedWiring {
  readonly parts: FeedParts;
  readonly logger: Logger;
}

/** Puts the feed together from its environment. Throws what is missing or wrong there, and what to do about it. */
export function wireFeed(environment: Environment): FeedWiring {
  const isLocal = environment["AWS_ENDPOINT_URL"] !== undefined;
  const s3 = new S3Client({ ...patience(ATTEMPT_MS), forcePathStyle: isLocal });
  const payloadBucket = readText(environment, ENV.payloadBucketName);
  const sender = new ContactRequestProducer({
    lane: "backfill",
    queueUrls: readQueueUrls(environment),
    client: new SQSClient(patience(ATTEMPT_MS)),
    payloadBucket,
    s3,
  });
  const table = { dynamodb: stateTableClient(), tableName: readText(environment, ENV.stateTableName) };
  return {
    logger: new Logger({ serviceName: "contact-requests" }),
    parts: {
      jobs: new DynamoDbJobs(table, SYSTEM_CLOCK),
      fedRanges: new DynamoDbFedRanges(table, SYSTEM_CLOCK),
      files: new S3JobFiles(s3, payloadBucket),
      sender,
      clock: SYSTEM_CLOCK,
    },
  };
}

function readQueueUrls(environment: Environment) {
  const text = readText(environment, FEED_ENV.backfillQueueUrls);
  try {
    return z.record(z.enum(OPERATIONS), z.url()).parse(JSON.parse(text));
  } catch (cause) {
    const name = FEED_ENV.backfillQueueUrls;
    throw new Error(`The environment variable ${name} does not hold what this version reads. Deploy again.`, { cause });
  }
}
