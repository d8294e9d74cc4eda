import type { DynamoDbJobs } from "#shared/aws/dynamodb-jobs.ts";
import type { S3JobFiles } from "#shared/aws/s3-job-files.ts";
import type { BackfillJob } from "#shared/backfill/backfill-job.ts";
import { rangesOf } from "#shared/backfill/ranges-of.ts";
import { jobDescriptionSchema } from "#shared/job-description.ts";
import type { JobItem } from "#shared/job-item.ts";
import { CommandError } from "../../command-error.ts";
import { EXIT_STATUS } from "../../exit-status.ts";
import type { RowSource } from "../input/row-source.ts";
import { templateHash } from "../job/template-hash.ts";
import { unusable } from "../plan/plan-file.ts";
import { startProgress } from "../progress.ts";
import type { JobRegister } from "./job-register.ts";
import { anotherFile, anotherTemplate } from "./other-start.ts";
import { rangeSize } from "./range-size.ts";
import { type StoredJob, storedJob } from "./stored-job.ts";

/** What is to be started. */
export interface JobToBegin {
  readonly source: RowSource;
  readonly job: BackfillJob;
}

export interface BeginParts {
  readonly jobs: Pick<DynamoDbJobs, "read">;
  readonly register: Pick<JobRegister, "register">;
  readonly files: S3JobFiles;
  readonly nowMs: number;
  /** Answers whether a file that was never started may be. */
  readonly admit: () => Promise<boolean>;
  readonly upload: (stored: StoredJob) => Promise<void>;
}

/** What became of the wish to begin a job. */
export type Beginning =
  | BegunJob
  /** All of its rows are on their queue, or refused. */
  | { readonly kind: "fed"; readonly item: JobItem }
  | { readonly kind: "not-admitted" };

/** A job that is registered, and whose files are stored. */
export interface BegunJob {
  readonly kind: "begun";
  readonly item: JobItem;
  readonly stored: StoredJob;
  /** It was begun before. */
  readonly isResumed: boolean;
}

/**
 * Begins a job, or goes on with one that was begun. Rejects with a CommandError for a job that
 * was cancelled, or was begun with anything else.
 */
export async function beginJob(file: JobToBegin, parts: BeginParts): Promise<Beginning> {
  const { source, job } = file;
  const before = await parts.jobs.read(job.job);
  if (before?.state === "cancelled") throw cancelled(job.job);
  const stored = before === undefined ? undefined : await storedJob(parts.files, job.job, before);
  const isFree = before === undefined || (stored === undefined && mayNeverHaveBegun(before, parts.nowMs));
  const isSameTemplate = before?.templateHash === templateHash(job);
  // Before the file is read, which may take a while.
  if (!isFree && !isSameTemplate) throw anotherTemplate(before, job, stored);
  const isSame = isSameTemplate && before.fileHash === (await hashOf(source));
  if (!isFree && !isSame) throw anotherFile(before, job.job, source);
  if (stored === undefined && before?.state !== "fed" && !(await parts.admit())) return { kind: "not-admitted" };
  return isSame ? await goOn(file, { item: before, stored }, parts) : await beginAnew(file, before, parts);
}

interface BegunBefore {
  readonly item: JobItem;
  readonly stored: StoredJob | undefined;
}

async function goOn(file: JobToBegin, { item, stored }: BegunBefore, parts: BeginParts): Promise<Beginning> {
  if (item.state === "fed") return { kind: "fed", item };
  if (stored !== undefined) return { kind: "begun", item, stored, isResumed: true };
  const cut = await cutIntoRanges(file, item);
  await parts.upload(cut);
  return { kind: "begun", item, stored: cut, isResumed: true };
}

async function beginAnew(file: JobToBegin, before: JobItem | undefined, parts: BeginParts): Promise<BegunJob> {
  const { source, job } = file;
  const item: JobItem = {
    operation: job.operation,
    templateHash: templateHash(job),
    fileHash: await hashOf(source),
    fileBytes: source.bytes,
    startedAtMs: parts.nowMs,
    state: "feeding",
  };
  const cut = await cutIntoRanges(file, item);
  if (!(await parts.register.register(job.job, item, before))) throw tooSlow(job.job);
  await parts.upload(cut);
  return { kind: "begun", item, stored: cut, isResumed: false };
}

/** Files in the bucket expire after 30 days: older jobs may have had theirs. */
const FILES_ARE_THERE_MS = 25 * 24 * 60 * 60 * 1_000;

/** Without its files nothing of a job was sent. */
const mayNeverHaveBegun = ({ state, startedAtMs }: JobItem, nowMs: number): boolean =>
  state === "feeding" && nowMs - startedAtMs < FILES_ARE_THERE_MS;

async function hashOf(source: RowSource): Promise<string> {
  const progress = startProgress({ total: source.bytes, title: "Comparing" });
  let bytes = 0;
  try {
    return await source.hash((count) => {
      bytes += count;
      progress.show(bytes, () => "the file with what is stored");
    });
  } finally {
    progress.end();
  }
}

async function cutIntoRanges({ source, job }: JobToBegin, { fileHash, templateHash }: JobItem): Promise<StoredJob> {
  const cut = await rangesOf(source.opener(), job.format, rangeSize(source.bytes));
  if (!cut.ok) throw unusable(cut.error, source.name);
  const { start, ranges } = cut.value;
  const description = jobDescriptionSchema.parse({ job, columns: start.columns, templateHash, fileHash });
  return { description, ranges };
}

const cancelled = (job: string): CommandError =>
  new CommandError(
    `The job ${job} was cancelled, and a cancelled job is not begun again: its rows are answered so. Start the file under another name if it is to be sent after all.`,
    { exitStatus: EXIT_STATUS.refused },
  );

const tooSlow = (job: string): CommandError =>
  new CommandError(
    `The job ${job} was begun by somebody else just now. Start it again to go on with it, if the file is the same, or choose another name.`,
    { exitStatus: EXIT_STATUS.refused },
  );
