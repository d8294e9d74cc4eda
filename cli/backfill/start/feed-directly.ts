import type { RowNotSent } from "#shared/backfill/fed-rows.ts";
import { feedOneRange } from "#shared/backfill/feed-one-range.ts";
import type { FeedPorts } from "#shared/backfill/feed-ports.ts";
import type { FedRow, FeedRefusal } from "#shared/backfill/feed-range.ts";
import type { RowRange } from "#shared/backfill/row-range.ts";
import type { JobStart } from "#shared/contract/job-start.ts";
import type { FedRange } from "#shared/fed-range.ts";
import type { JobDescription } from "#shared/job-description.ts";
import { CommandError } from "../../command-error.ts";
import { EXIT_STATUS } from "../../exit-status.ts";
import { unusable } from "../plan/plan-file.ts";

/** What feeding from this machine works with. */
export interface DirectFeedParts extends FeedPorts {
  /** Told as soon as SQS has all messages of a range, before the state table is. */
  readonly checkpoint: (from: number, fed: FedRange) => Promise<void>;
  readonly onRow: (row: FedRow) => void;
  /** Told of a range that another process has fed. */
  readonly onFedByOthers: (range: RowRange) => void;
}

/** Ranges that are to be fed, and what their rows are to become. */
export interface RangesToFeed {
  readonly start: JobStart;
  readonly description: JobDescription;
  readonly ranges: readonly RowRange[];
}

/** How many ranges are fed at once, and what ends it. */
export interface DirectFeedRun {
  readonly concurrency: number;
  readonly signal: AbortSignal;
}

/**
 * Feeds ranges of a stored job from this machine, as the function `feed-backfill` does. Rejects with a CommandError where rows
 * cannot be sent, the job was cancelled, or its name belongs to another start: what was fed is written down by then, and the
 * next run goes on behind it.
 */
export async function feedDirectly(
  { ranges, ...job }: RangesToFeed,
  parts: DirectFeedParts,
  { concurrency, signal }: DirectFeedRun,
): Promise<void> {
  const ending = new AbortController();
  const either = AbortSignal.any([signal, ending.signal]);
  const checked = { ...parts, fedRanges: checkpointed(parts) };
  const left = ranges[Symbol.iterator]();
  const lane = async (): Promise<void> => {
    for (const range of left) {
      if (either.aborted) return;
      await feedOne({ ...job, range }, checked, either);
    }
  };
  const lanes = Array.from({ length: concurrency }, async () => {
    try {
      await lane();
    } catch (error) {
      // The first fault counts; the other lanes end by it.
      if (!either.aborted) ending.abort(error);
    }
  });
  await Promise.all(lanes);
  either.throwIfAborted();
}

/** The state table, with the disk before it: that is there also while the table is not. */
const checkpointed = ({ fedRanges, checkpoint }: DirectFeedParts): FeedPorts["fedRanges"] => ({
  read: async (start) => fedRanges.read(start),
  record: async (start, from, fed) => {
    await checkpoint(from, fed);
    await fedRanges.record(start, from, fed);
  },
});

interface OneRange {
  readonly start: JobStart;
  readonly description: JobDescription;
  readonly range: RowRange;
}

async function feedOne(
  { start, description, range }: OneRange,
  parts: DirectFeedParts,
  signal: AbortSignal,
): Promise<void> {
  const one = { start, range, describe: async () => description, tell: parts.onRow };
  const end = await feedOneRange(one, parts, signal);
  switch (end.kind) {
    case "fed":
      return;
    case "already-fed":
      return parts.onFedByOthers(range);
    case "cancelled":
      throw cancelled(start.job);
    case "no-job":
    case "another-start":
    case "not-stored":
      throw takenOver(start.job);
    case "unusable":
      throw unusableNow(end.refusal, start.job);
    case "other-rows":
      throw otherRows(start.job, range);
    case "not-sent":
      throw notSent(end.row);
  }
}

const cancelled = (job: string): CommandError =>
  new CommandError(`The job ${job} was cancelled. Nothing more of it is sent; see what was: backfill report ${job}.`, {
    exitStatus: EXIT_STATUS.refused,
  });

const takenOver = (job: string): CommandError =>
  new CommandError(
    `The name ${job} belongs to another start by now. Nothing more of this one is sent: see what the other is with backfill status ${job}, and start this file under another name.`,
    { exitStatus: EXIT_STATUS.refused },
  );

/** It could be used when it was stored. */
function unusableNow(refusal: FeedRefusal, job: string): CommandError {
  const cause = unusable(refusal, "The stored file");
  return new CommandError(
    `The job ${job} cannot go on: what is stored of it is not what was started. Start the file under another name. ${cause.message}`,
    { cause },
  );
}

const otherRows = (job: string, { firstLine }: RowRange): CommandError =>
  new CommandError(
    `The stored file of the job ${job} is not the one that was cut into ranges: line ${firstLine} is elsewhere. Start it under another name.`,
  );

const notSent = ({ line, reason, isFinal }: RowNotSent): CommandError =>
  new CommandError(
    `The row on line ${line} could not be sent: ${reason}. Start the job again when that is mended: it goes on where it was.`,
    { exitStatus: isFinal ? EXIT_STATUS.unusable : EXIT_STATUS.refused },
  );
