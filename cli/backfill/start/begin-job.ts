import { randomBytes } from "node:crypto";
import type { DynamoDbJobs } from "#shared/aws/dynamodb-jobs.ts";
import type { S3JobFiles } from "#shared/aws/s3-job-files.ts";
import type { BackfillJob } from "#shared/backfill/backfill-job.ts";
import { readableMoment } from "#shared/backfill/plan/readable-moment.ts";
import { rangesOf } from "#shared/backfill/ranges-of.ts";
import type { JobStart } from "#shared/contract/job-start.ts";
import { jobDescriptionSchema } from "#shared/job-description.ts";
import type { JobItem } from "#shared/job-item.ts";
import { tell } from "../../tell.ts";
import { hashOf } from "../input/hash-of.ts";
import type { RowSource } from "../input/row-source.ts";
import { templateHash } from "../job/template-hash.ts";
import { unusable } from "../plan/plan-file.ts";
import { anotherFile, anotherTemplate, begunByOthers, cancelled } from "./other-start.ts";
import { rangeSize } from "./range-size.ts";
import { type StoredJob, storedJob } from "./stored-job.ts";

/** What is to be started. */
export interface JobToBegin {
  readonly source: RowSource;
  readonly job: BackfillJob;
}

export interface BeginParts {
  readonly jobs: Pick<DynamoDbJobs, "read" | "register" | "markStored">;
  readonly files: Pick<S3JobFiles, "text" | "has">;
  readonly nowMs: number;
  /** Those that the deployment serves now, the default first. */
  readonly connectInstanceArns: readonly string[];
  /** Answers whether a file that was never started may be. */
  readonly admit: () => Promise<boolean>;
  readonly upload: (start: JobStart, stored: StoredJob) => Promise<void>;
}

/** What became of the wish to begin a job. */
export type Beginning =
  | BegunJob
  /** All of its rows are on their queue, or refused. */
  | { readonly kind: "fed"; readonly start: JobStart }
  | { readonly kind: "not-admitted" };

/** A job whose name belongs to a start, with all files of it stored. */
export interface BegunJob {
  readonly kind: "begun";
  readonly start: JobStart;
  readonly stored: StoredJob;
  /** It was begun before. */
  readonly isResumed: boolean;
}

/**
 * Begins a job, or goes on with one that was begun. A start of which not all files were stored has sent nothing, and loses the
 * name to this one, whatever its template and file. Rejects with a CommandError for a job that was cancelled, or begun with
 * anything else.
 */
export async function beginJob(file: JobToBegin, parts: BeginParts): Promise<Beginning> {
  const before = await parts.jobs.read(file.job.job);
  switch (before?.state) {
    case "cancelled":
      throw cancelled(file.job.job);
    case "feeding":
    case "fed":
      return await goOn(file, before, parts);
    case "storing":
    case undefined:
      return await beginAnew(file, before, parts);
  }
}

async function goOn(file: JobToBegin, item: JobItem, parts: BeginParts): Promise<Beginning> {
  const { source, job } = file;
  const start = { job: job.job, startId: item.startId };
  const stored = await storedJob(parts.files, start);
  // Before the file is read, which may take a while.
  if (item.templateHash !== templateHash(job)) throw anotherTemplate(item, job, stored);
  if (item.fileHash !== (await hashOf(source))) throw anotherFile(item, job.job, source);
  if (item.state === "fed") return { kind: "fed", start };
  if (stored !== undefined) return { kind: "begun", start, stored, isResumed: true };
  // The bucket has let them go, a month after the start.
  if (!(await parts.admit())) return { kind: "not-admitted" };
  const cut = await cutIntoRanges(file, item);
  await parts.upload(start, cut);
  return { kind: "begun", start, stored: cut, isResumed: true };
}

async function beginAnew(file: JobToBegin, before: JobItem | undefined, parts: BeginParts): Promise<Beginning> {
  const { source, job } = file;
  if (!(await parts.admit())) return { kind: "not-admitted" };
  const start = { job: job.job, startId: randomBytes(6).toString("hex") };
  const item: JobItem = {
    operation: job.operation,
    startId: start.startId,
    templateHash: templateHash(job),
    fileHash: await hashOf(source),
    fileBytes: source.bytes,
    startedAtMs: parts.nowMs,
    connectInstanceArns: [...parts.connectInstanceArns],
    state: "storing",
  };
  const cut = await cutIntoRanges(file, item);
  if (before !== undefined) tell(takenOver(job.job, before));
  const replaced = before === undefined ? undefined : { job: job.job, startId: before.startId };
  if (!(await parts.jobs.register(job.job, item, replaced))) throw begunByOthers(job.job);
  await parts.upload(start, cut);
  if (!(await parts.jobs.markStored(start))) throw begunByOthers(job.job);
  return { kind: "begun", start, stored: cut, isResumed: false };
}

const takenOver = (job: string, { startedAtMs }: JobItem): string =>
  `Note: ${job} was begun at ${readableMoment(startedAtMs)}, and nothing of it was sent: it is begun anew. A start that is still storing its file ends by that.`;

async function cutIntoRanges({ source, job }: JobToBegin, { connectInstanceArns }: JobItem): Promise<StoredJob> {
  const cut = await rangesOf(source.opener(), job.format, rangeSize(source.bytes));
  if (!cut.ok) throw unusable(cut.error, source.name);
  const { start, ranges } = cut.value;
  const description = jobDescriptionSchema.parse({ job, columns: start.columns, connectInstanceArns });
  return { description, ranges };
}
