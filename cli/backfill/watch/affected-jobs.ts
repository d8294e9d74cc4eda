import { DynamoDbJobs } from "#shared/aws/dynamodb-jobs.ts";
import { S3JobFiles } from "#shared/aws/s3-job-files.ts";
import type { Operation } from "#shared/contract/operation.ts";
import type { JobItem } from "#shared/job-item.ts";
import { explained } from "../deployment/explain-aws-error.ts";
import type { OpenDeployment } from "../deployment/open-deployment.ts";
import { SYSTEM_CLOCK } from "../deployment/system-clock.ts";

/** A job that may have rows in the queue of its operation. */
export interface AffectedJob {
  readonly job: string;
  /** Its first rows are too old to be sent from then on, epoch milliseconds. */
  readonly staleAtMs: number;
}

/** The jobs that may have rows in the backfill queue of an operation, those first whose rows are the oldest. */
export async function affectedJobs(operation: Operation, deployment: OpenDeployment): Promise<readonly AffectedJob[]> {
  const { place, published, s3, table } = deployment;
  const { queueSeconds, staleMarginSeconds } = published.settings.retention;
  const keptMs = (queueSeconds - staleMarginSeconds) * 1_000;
  const files = new S3JobFiles(s3, published.payloadBucketName);
  const jobs = new DynamoDbJobs(table, SYSTEM_CLOCK);
  const affected: AffectedJob[] = [];
  for (const job of await explained("list the jobs", place, () => files.jobs())) {
    const item = await explained("read the state table", place, () => jobs.read(job));
    if (item === undefined || !mayHaveRows(item, operation)) continue;
    affected.push({ job, staleAtMs: item.startedAtMs + keptMs });
  }
  return affected
    .filter(({ staleAtMs }) => staleAtMs > SYSTEM_CLOCK.now())
    .toSorted((one, other) => one.staleAtMs - other.staleAtMs);
}

const mayHaveRows = (item: JobItem, operation: Operation): boolean =>
  item.operation === operation && item.state !== "cancelled";
