import { type FeedCounts, type FeedRefusal, feedRange } from "#shared/backfill/feed-range.ts";
import { UnusableFile } from "#shared/backfill/input/unusable-file.ts";
import { jobFiles } from "#shared/contract/job-files.ts";
import type { FedRange } from "#shared/fed-range.ts";
import { type JobDescription, jobDescriptionSchema } from "#shared/job-description.ts";
import type { FeedItem } from "./feed-input.ts";
import type { FeedParts } from "./feed-parts.ts";
import { InvalidFeed } from "./invalid-feed.ts";
import { RangeNotFed } from "./range-not-fed.ts";
import { readStart } from "./read-start.ts";
import { RowsTold } from "./rows-told.ts";
import { storedFile } from "./stored-file.ts";

/** How feeding a range ended. `already-fed`: another run has done it before, and nothing is sent again. */
export interface FeedAnswer extends FeedCounts {
  readonly outcome: "fed" | "already-fed" | "cancelled";
}

const NO_ROWS: FeedCounts = { rows: 0, sent: 0, refused: 0, failed: 0 };

/**
 * Feeds one range of a start's file. Throws RangeNotFed if some of its rows may be on no queue, InvalidFeed if the job
 * belongs to another start or its files are not what they should be, and whatever the services throw; each of these leaves
 * the range to be fed again.
 */
export async function feedJobRange(item: FeedItem, parts: FeedParts, signal: AbortSignal): Promise<FeedAnswer> {
  const { state } = await readStart(item, parts);
  if (state === "cancelled") return { ...NO_ROWS, outcome: "cancelled" };
  const known = (await parts.fedRanges.read(item)).get(item.start);
  if (known?.end === item.end) return { ...countsOf(known), outcome: "already-fed" };

  const description = await storedFile(jobFiles(item).template, jobDescriptionSchema, parts);
  const counts = await feed({ item, description }, parts, signal);
  const { sent, refused } = counts;
  await parts.fedRanges.record(item, item.start, { end: item.end, sent, refused, fedAtMs: parts.clock.now() });
  return { ...counts, outcome: "fed" };
}

const countsOf = ({ sent, refused }: FedRange): FeedCounts => ({ rows: sent + refused, sent, refused, failed: 0 });

interface Work {
  readonly item: FeedItem;
  readonly description: JobDescription;
}

async function feed(
  { item, description }: Work,
  { files, sender }: FeedParts,
  signal: AbortSignal,
): Promise<FeedCounts> {
  const { input, refused } = jobFiles(item);
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
