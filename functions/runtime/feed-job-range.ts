import { type FeedCounts, type FeedRefusal, feedRange } from "#shared/backfill/feed-range.ts";
import { UnusableFile } from "#shared/backfill/input/unusable-file.ts";
import type { RequestSender } from "#shared/backfill/request-sender.ts";
import { jobFiles } from "#shared/contract/job-files.ts";
import type { FedRange } from "#shared/fed-range.ts";
import { type JobDescription, jobDescriptionSchema } from "#shared/job-description.ts";
import type { JobItem } from "#shared/job-item.ts";
import type { FeedItem } from "./feed-item.ts";
import { InvalidFeed } from "./invalid-feed.ts";
import { RangeNotFed } from "./range-not-fed.ts";
import { RowsTold } from "./rows-told.ts";

/** What feeding a range works with. */
export interface FeedParts {
  readonly jobs: {
    read(job: string): Promise<JobItem | undefined>;
    fedRanges(job: string, fileHash: string): Promise<ReadonlyMap<number, FedRange>>;
    recordFed(range: { job: string; fileHash: string; start: number }, fed: FedRange): Promise<void>;
  };
  readonly files: {
    text(key: string, signal?: AbortSignal): Promise<string | undefined>;
    range(
      key: string,
      bytes: { readonly start: number; readonly end: number },
      signal?: AbortSignal,
    ): AsyncIterable<Uint8Array>;
    write(key: string, body: string): Promise<void>;
  };
  readonly sender: RequestSender;
}

/** How feeding a range ended. `already-fed`: another run has done it before, and nothing is sent again. */
export interface FeedAnswer extends FeedCounts {
  readonly outcome: "fed" | "already-fed" | "cancelled";
}

const NO_ROWS: FeedCounts = { rows: 0, sent: 0, refused: 0, failed: 0 };

/**
 * Feeds one range of a job's file. Throws RangeNotFed if some of its rows may be on no queue, InvalidFeed if the job's files
 * are not what they should be, and whatever the services throw; each of these leaves the range to be fed again.
 */
export async function feedJobRange(item: FeedItem, parts: FeedParts, signal: AbortSignal): Promise<FeedAnswer> {
  const { jobs } = parts;
  const job = await jobs.read(item.job);
  if (job === undefined) throw new InvalidFeed(`There is no job ${item.job} in the state table. Start it first.`);
  if (job.state === "cancelled") return { ...NO_ROWS, outcome: "cancelled" };
  const known = (await jobs.fedRanges(item.job, job.fileHash)).get(item.start);
  if (known?.end === item.end) return { ...countsOf(known), outcome: "already-fed" };

  const description = await readDescription(item, job, parts);
  const counts = await feed({ item, description }, parts, signal);
  await jobs.recordFed({ job: item.job, fileHash: job.fileHash, start: item.start }, { ...counts, end: item.end });
  return { ...counts, outcome: "fed" };
}

const countsOf = ({ sent, refused }: FedRange): FeedCounts => ({ rows: sent + refused, sent, refused, failed: 0 });

async function readDescription(
  { job }: FeedItem,
  { templateHash, fileHash }: JobItem,
  { files }: FeedParts,
): Promise<JobDescription> {
  const text = await files.text(jobFiles(job).template);
  if (text === undefined) throw new InvalidFeed(`The template of the job ${job} is not in the bucket. Start it again.`);
  const parsed = jobDescriptionSchema.safeParse(jsonOrNothing(text));
  if (!parsed.success) {
    const places = parsed.error.issues.map(({ path }) => path.join(".") || "the file").join(", ");
    throw new InvalidFeed(`This version cannot read the template of the job ${job} (${places}). Start it again.`);
  }
  const description = parsed.data;
  const isOfThisStart = description.templateHash === templateHash && description.fileHash === fileHash;
  if (isOfThisStart && description.job.job === job) return description;
  throw new InvalidFeed(`The files of the job ${job} are of another start than its item. Start it again.`);
}

interface Work {
  readonly item: FeedItem;
  readonly description: JobDescription;
}

async function feed(
  { item, description }: Work,
  { files, sender }: FeedParts,
  signal: AbortSignal,
): Promise<FeedCounts> {
  const { input, refused } = jobFiles(item.job);
  const told = new RowsTold();
  const bytes = files.range(input, item, signal);
  const { job, columns } = description;
  const fed = await feedRange({ job, columns, range: item, bytes, signal }, sender, (row) => told.take(row));
  if (!fed.ok) throw new InvalidFeed(`The range at byte ${item.start} cannot be fed: ${wrongWith(fed.error)}`);
  const counts = fed.value;
  if (counts.rows !== item.rows) {
    throw new InvalidFeed(
      `The range at byte ${item.start} has ${counts.rows} rows, and had ${item.rows} when it was cut: the file is another one. Start the job again.`,
    );
  }
  if (told.firstFailure !== undefined) {
    throw new RangeNotFed(`${counts.failed} of ${counts.rows} rows could not be sent: ${told.firstFailure}`);
  }
  if (counts.refused > 0) await files.write(refused(item.start), told.refusedLines());
  return counts;
}

/** Codes and no sentences of a template's problems: those quote it, and this is logged. */
const wrongWith = (refusal: FeedRefusal): string =>
  refusal instanceof UnusableFile ? refusal.message : refusal.map(({ code }) => code).join(", ");

function jsonOrNothing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
