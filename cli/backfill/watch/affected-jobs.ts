import { DynamoDbFedRanges } from "#shared/aws/dynamodb-fed-ranges.ts";
import { DynamoDbJobs } from "#shared/aws/dynamodb-jobs.ts";
import { S3JobFiles } from "#shared/aws/s3-job-files.ts";
import type { Operation } from "#shared/contract/operation.ts";
import type { FedRange } from "#shared/fed-range.ts";
import type { JobItem } from "#shared/job-item.ts";
import { explained } from "../deployment/explain-aws-error.ts";
import type { OpenDeployment } from "../deployment/open-deployment.ts";
import { SYSTEM_CLOCK } from "../deployment/system-clock.ts";

/** A job that may have rows in the queue of its operation. */
export interface AffectedJob {
  readonly job: string;
  /** The oldest of its rows that can still be sent are too old from then on, epoch milliseconds. */
  readonly staleAtMs: number;
}

/** The jobs that may have rows in the backfill queue of an operation, those first whose rows are the oldest. */
export async function affectedJobs(operation: Operation, deployment: OpenDeployment): Promise<readonly AffectedJob[]> {
  const { place, published, s3, table } = deployment;
  const { queueSeconds, staleMarginSeconds } = published.settings.retention;
  const age = { keptMs: (queueSeconds - staleMarginSeconds) * 1_000, nowMs: SYSTEM_CLOCK.now() };
  const files = new S3JobFiles(s3, published.payloadBucketName);
  const jobs = new DynamoDbJobs(table, SYSTEM_CLOCK);
  const fedRanges = new DynamoDbFedRanges(table, SYSTEM_CLOCK);
  const affected: AffectedJob[] = [];
  for (const job of await explained("list the jobs", place, () => files.jobs())) {
    const staleAtMs = await explained("read the state table", place, async () => {
      const item = await jobs.read(job);
      if (item === undefined || !mayHaveRows(item, operation)) return undefined;
      return nextStaleMs(item, await fedRanges.read({ job, startId: item.startId }), age);
    });
    if (staleAtMs !== undefined) affected.push({ job, staleAtMs });
  }
  return affected.toSorted((one, other) => one.staleAtMs - other.staleAtMs);
}

const mayHaveRows = (item: JobItem, operation: Operation): boolean =>
  item.operation === operation && (item.state === "feeding" || item.state === "fed");

interface Age {
  /** How long a row may wait. */
  readonly keptMs: number;
  readonly nowMs: number;
}

/**
 * When the next rows of a job are too old to be sent, epoch milliseconds; undefined where all are already. Rows may be on
 * the queue from the start on, before their range is written down.
 */
export function nextStaleMs(
  { startedAtMs }: Pick<JobItem, "startedAtMs">,
  fed: ReadonlyMap<number, FedRange>,
  { keptMs, nowMs }: Age,
): number | undefined {
  const moments = [startedAtMs, ...[...fed.values()].map(({ fedAtMs }) => fedAtMs)].map((atMs) => atMs + keptMs);
  const next = moments.reduce((least, atMs) => (atMs > nowMs ? Math.min(least, atMs) : least), Infinity);
  return Number.isFinite(next) ? next : undefined;
}
