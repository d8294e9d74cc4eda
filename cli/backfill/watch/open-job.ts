import { DynamoDbFedRanges } from "#shared/aws/dynamodb-fed-ranges.ts";
import { DynamoDbJobs } from "#shared/aws/dynamodb-jobs.ts";
import { S3JobFiles } from "#shared/aws/s3-job-files.ts";
import { unfedRanges } from "#shared/backfill/unfed-ranges.ts";
import type { FedRange } from "#shared/fed-range.ts";
import type { JobItem } from "#shared/job-item.ts";
import { CommandError } from "../../command-error.ts";
import { explained } from "../deployment/explain-aws-error.ts";
import type { OpenDeployment } from "../deployment/open-deployment.ts";
import { SYSTEM_CLOCK } from "../deployment/system-clock.ts";
import { type StoredJob, storedJob } from "../start/stored-job.ts";

/** A job that was started, with all that it takes to look at its rows. */
export interface OpenJob extends StoredJob {
  readonly name: string;
  readonly item: JobItem;
  /** As the ranges say it that have been fed: whoever fed the last may not have come to mark the job. */
  readonly state: "feeding" | "fed" | "cancelled";
  /** The ranges that have been fed, by their first bytes. */
  readonly fed: ReadonlyMap<number, FedRange>;
  readonly files: S3JobFiles;
}

/** Finds a job, as it stands now. Rejects with a CommandError where there is none, or its files are not there. */
export async function openJob(name: string, deployment: OpenDeployment): Promise<OpenJob> {
  const { place, published, s3, table } = deployment;
  const files = new S3JobFiles(s3, published.payloadBucketName);
  const reading = async <Value>(read: () => Promise<Value>) => await explained("read the state table", place, read);
  const item = await reading(() => new DynamoDbJobs(table, SYSTEM_CLOCK).read(name));
  if (item === undefined) throw new CommandError(noJob(name, place.prefix));
  if (item.state === "storing") throw new CommandError(notStored(name));
  const start = { job: name, startId: item.startId };
  const stored = await explained("read the files of the job", place, () => storedJob(files, start));
  if (stored === undefined) throw new CommandError(noFiles(name));
  const fed = await reading(() => new DynamoDbFedRanges(table, SYSTEM_CLOCK).read(start));
  const isAllFed = unfedRanges(stored.ranges, fed).length === 0;
  const state = item.state === "feeding" && isAllFed ? "fed" : item.state;
  return { ...stored, name, item, state, fed, files };
}

/** What to tell people about a job that nobody has started. */
export const noJob = (name: string, prefix: string): string =>
  `There is no job ${name} in the deployment ${prefix}. Check the name, or --prefix; a job is known for 90 days after it was begun, fed or cancelled.`;

const notStored = (name: string): string =>
  `The file of the job ${name} is being stored at this moment, or its start was interrupted at that: nothing of it was sent. If nobody is at it, start it again.`;

const noFiles = (name: string): string =>
  `The files of the job ${name} are not there: they are kept for 30 days after the start, and there is nothing left to tell of its rows. Where it was cancelled before they were stored, nothing of it was sent.`;
