import type { DynamoDbFedRanges } from "#shared/aws/dynamodb-fed-ranges.ts";
import type { DynamoDbJobs } from "#shared/aws/dynamodb-jobs.ts";
import type { S3JobFiles } from "#shared/aws/s3-job-files.ts";
import { jobFiles } from "#shared/contract/job-files.ts";
import type { JobStart } from "#shared/contract/job-start.ts";
import type { Operation } from "#shared/contract/operation.ts";
import { jobDescriptionSchema } from "#shared/job-description.ts";
import type { JobItem } from "#shared/job-item.ts";
import { failed, type Result, succeeded } from "#shared/result.ts";
import { storedJson } from "#shared/stored-json.ts";
import { UnreadableItemError } from "#shared/worker/unreadable-item-error.ts";
import { CommandError } from "../../command-error.ts";
import { type CallPlace, explained } from "../deployment/explain-aws-error.ts";
import { type RowAge, type RowsInQueue, rowsInQueue } from "./rows-in-queue.ts";

/** A job that may have rows in the queue of its operation. */
export interface AffectedJob extends RowsInQueue {
  readonly job: string;
}

export interface AffectedJobs {
  /** Those first whose rows are the oldest. */
  readonly jobs: readonly AffectedJob[];
  /** Why jobs may be missing among them: sentences. */
  readonly unreadable: readonly string[];
}

/** Where jobs are looked for, and when. */
export interface JobSearch {
  readonly place: CallPlace;
  readonly files: Pick<S3JobFiles, "jobs" | "text">;
  readonly jobs: Pick<DynamoDbJobs, "read">;
  readonly fedRanges: Pick<DynamoDbFedRanges, "read">;
  readonly age: RowAge;
}

/** The jobs that may have rows in the backfill queue of an operation, as far as that can be found out. */
export async function affectedJobs(operation: Operation, search: JobSearch): Promise<AffectedJobs> {
  const { place, files } = search;
  const affected: AffectedJob[] = [];
  const unreadable: string[] = [];
  try {
    for (const job of await explained("list the jobs", place, () => files.jobs())) {
      const found = await explained("read what is known of the jobs", place, () => lookAt(job, operation, search));
      if (!found.ok) unreadable.push(found.error);
      else if (found.value !== undefined) affected.push({ job, ...found.value });
    }
  } catch (error) {
    // The lane is switched, whether or not its jobs can be named.
    if (!(error instanceof CommandError)) throw error;
    unreadable.push(error.message);
  }
  return { jobs: affected.toSorted((one, other) => one.staleAtMs - other.staleAtMs), unreadable };
}

/** Its rows in the queue, if it has some there; or a sentence that says what of it cannot be read. */
async function lookAt(
  job: string,
  operation: Operation,
  { jobs, fedRanges, files, age }: JobSearch,
): Promise<Result<RowsInQueue | undefined, string>> {
  try {
    const item = await jobs.read(job);
    if (item?.operation !== operation) return NO_ROWS;
    const start = { job, startId: item.startId };
    if (!(await mayHaveRows(start, item, files))) return NO_ROWS;
    return succeeded(rowsInQueue(item, await fedRanges.read(start), age));
  } catch (error) {
    if (error instanceof UnreadableItemError) return failed(error.message);
    throw error;
  }
}

const NO_ROWS = succeeded(undefined);

async function mayHaveRows(start: JobStart, { state }: JobItem, files: Pick<S3JobFiles, "text">): Promise<boolean> {
  switch (state) {
    case "storing":
      return false;
    case "feeding":
    case "fed":
      return true;
    case "cancelled":
      return mayGoOn(await files.text(jobFiles(start).template));
  }
}

/** Of a cancelled job those rows go on whose requestId is not the job's, and only whole requests have one of their own. */
function mayGoOn(description: string | undefined): boolean {
  if (description === undefined) return false;
  const read = storedJson(jobDescriptionSchema, description);
  return !read.ok || read.value.job.format.kind === "requests";
}
