import { feedOneRange, type RangeEnd } from "#shared/backfill/feed-one-range.ts";
import type { FeedRefusal } from "#shared/backfill/feed-range.ts";
import { UnusableFile } from "#shared/backfill/input/unusable-file.ts";
import { jobFiles } from "#shared/contract/job-files.ts";
import { jobDescriptionSchema } from "#shared/job-description.ts";
import type { FeedItem } from "./feed-input.ts";
import type { FeedParts } from "./feed-parts.ts";
import { InvalidFeed } from "./invalid-feed.ts";
import { notToBeFed } from "./not-to-be-fed.ts";
import { RangeNotFed } from "./range-not-fed.ts";
import { storedFile } from "./stored-file.ts";

/** How feeding a range ended. `already-fed`: somebody else has done it before, and nothing is sent again. */
export interface FeedAnswer {
  readonly outcome: "fed" | "already-fed" | "cancelled";
  /** Those that are sent and those that are refused. */
  readonly rows: number;
  readonly sent: number;
  readonly refused: number;
}

/**
 * Feeds one range of a start's file. Throws RangeNotFed if some of its rows may be on no queue, InvalidFeed if the job
 * belongs to another start or its files are not what they should be, and whatever the services throw; each of these leaves
 * the range to be fed again.
 */
export async function feedJobRange(item: FeedItem, parts: FeedParts, signal: AbortSignal): Promise<FeedAnswer> {
  const { job, startId, ...range } = item;
  const start = { job, startId };
  const describe = async () => storedFile(jobFiles(start).template, jobDescriptionSchema, parts);
  return answerTo(await feedOneRange({ start, range, describe }, parts, signal), item);
}

function answerTo(end: RangeEnd, item: FeedItem): FeedAnswer {
  const place = `The range at byte ${item.start}`;
  switch (end.kind) {
    case "fed":
    case "already-fed":
      return { outcome: end.kind, rows: end.sent + end.refused, sent: end.sent, refused: end.refused };
    case "cancelled":
      return { outcome: "cancelled", rows: 0, sent: 0, refused: 0 };
    case "no-job":
    case "another-start":
    case "not-stored":
      throw notToBeFed(end.kind, item.job);
    case "unusable":
      throw new InvalidFeed(`${place} cannot be fed: ${wrongWith(end.refusal)} ${ANOTHER_NAME}`);
    case "other-rows":
      throw new InvalidFeed(
        `${place} has ${end.rows} rows, and had ${item.rows} when it was cut: the stored file is another one. ${ANOTHER_NAME}`,
      );
    case "not-sent":
      throw new RangeNotFed(`The row on line ${end.row.line} could not be sent: ${end.row.reason}`);
  }
}

/** The same start would find the same files. */
const ANOTHER_NAME = "Start the file under another name.";

/** Codes and no sentences of a template's problems: those quote it, and this is logged. */
const wrongWith = (refusal: FeedRefusal): string =>
  refusal instanceof UnusableFile ? refusal.message : `its template has ${refusal.map(({ code }) => code).join(", ")}.`;
