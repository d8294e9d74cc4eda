import type { BackfillJob } from "#shared/backfill/backfill-job.ts";
import { readableMoment } from "#shared/backfill/plan/readable-moment.ts";
import type { JobItem } from "#shared/job-item.ts";
import { CommandError } from "../../command-error.ts";
import { EXIT_STATUS } from "../../exit-status.ts";
import type { RowSource } from "../input/row-source.ts";
import { jobDifferences } from "../job/job-differences.ts";
import type { StoredJob } from "./stored-job.ts";

const REFUSED = { exitStatus: EXIT_STATUS.refused };

/** A job's name is taken by a start that makes other requests of the same rows. */
export function anotherTemplate(
  { startedAtMs }: JobItem,
  job: BackfillJob,
  stored: StoredJob | undefined,
): CommandError {
  const names = stored === undefined ? [] : jobDifferences(stored.description.job, job);
  const what = names.length === 0 ? "another template, key or options" : listed(names);
  return new CommandError(
    `The job ${job.job} was started at ${readableMoment(startedAtMs)} with ${what}, and nothing was sent now: the same row would be another request under the same id. Start it as it was, or give this file a job name of its own; then its rows are sent anew, so leave out those that were sent.`,
    REFUSED,
  );
}

/** A job's name is taken by a start with another file. */
export const anotherFile = (
  { startedAtMs, fileBytes }: JobItem,
  job: string,
  { name, bytes }: RowSource,
): CommandError =>
  new CommandError(
    `The job ${job} was started at ${readableMoment(startedAtMs)} with another file: ${name} ${differing(fileBytes, bytes)}, and nothing was sent now. Start it with the file as it was, or give this one a job name of its own; then its rows are sent anew, so leave out those that were sent.`,
    REFUSED,
  );

const differing = (before: number, now: number): string =>
  before === now
    ? `has ${bytesIn(now)} as that one had, and others`
    : `has ${bytesIn(now)}, and that one had ${bytesIn(before)}`;

const bytesIn = (count: number): string => `${count.toLocaleString("en-US")} bytes`;

const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join() : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;

/** A start that has lost its name before its files were stored. */
export const begunByOthers = (job: string): CommandError =>
  new CommandError(
    `The job ${job} was begun or cancelled by somebody else meanwhile, and this start ends: nothing of it was sent. Start it again to go on with theirs, if file and template are the same, or choose another name.`,
    REFUSED,
  );

/** Nothing is begun under the name of a cancelled job. */
export const cancelled = (job: string): CommandError =>
  new CommandError(
    `The job ${job} was cancelled, and a cancelled job is not begun again. If rows of it are to be sent after all, start them under another name: then they are sent anew, so leave out those that have a contact (backfill report ${job}).`,
    REFUSED,
  );
