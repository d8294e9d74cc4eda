import { type FeedCounts, feedRange } from "#shared/backfill/feed-range.ts";
import type { RequestSender } from "#shared/backfill/request-sender.ts";
import type { RowRange } from "#shared/backfill/row-range.ts";
import { jobFiles } from "#shared/contract/job-files.ts";
import type { JobStart } from "#shared/contract/job-start.ts";
import type { FedRange } from "#shared/fed-range.ts";
import type { JobDescription } from "#shared/job-description.ts";
import type { JobItem } from "#shared/job-item.ts";
import { CommandError } from "../../command-error.ts";
import { EXIT_STATUS } from "../../exit-status.ts";
import { unusable } from "../plan/plan-file.ts";
import { FedRows } from "./fed-rows.ts";

/** What feeding from this machine works with. */
export interface DirectFeedParts {
  readonly jobs: {
    read(job: string): Promise<JobItem | undefined>;
  };
  readonly fedRanges: {
    read(start: JobStart): Promise<ReadonlyMap<number, FedRange>>;
    record(start: JobStart, from: number, fed: FedRange): Promise<void>;
  };
  readonly files: {
    range(
      key: string,
      bytes: { readonly start: number; readonly end: number },
      signal?: AbortSignal,
    ): AsyncIterable<Uint8Array>;
    write(key: string, body: string): Promise<void>;
  };
  readonly sender: RequestSender;
  readonly clock: { now(): number };
  /** Told as soon as SQS has all messages of a range, before the state table is. */
  readonly checkpoint: (from: number, fed: FedRange) => Promise<void>;
  readonly onRow: (kind: "sent" | "refused" | "failed") => void;
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
  const left = ranges[Symbol.iterator]();
  const lane = async (): Promise<void> => {
    for (const range of left) {
      if (either.aborted) return;
      await feedOne({ ...job, range }, parts, either);
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

interface OneRange {
  readonly start: JobStart;
  readonly description: JobDescription;
  readonly range: RowRange;
}

async function feedOne(one: OneRange, parts: DirectFeedParts, signal: AbortSignal): Promise<void> {
  const { start, range } = one;
  const { jobs, fedRanges } = parts;
  requireOurs(start, await jobs.read(start.job));
  // Another process may feed the same job.
  const known = (await fedRanges.read(start)).get(range.start);
  if (known?.end === range.end) return parts.onFedByOthers(range);
  const { sent, refused } = await feed(one, parts, signal);
  const fed = { end: range.end, sent, refused, fedAtMs: parts.clock.now() };
  await parts.checkpoint(range.start, fed);
  await fedRanges.record(start, range.start, fed);
}

function requireOurs({ job, startId }: JobStart, item: JobItem | undefined): void {
  if (item?.state === "cancelled") throw cancelled(job);
  if (item?.startId === startId && item.state !== "storing") return;
  throw new CommandError(
    `The name ${job} belongs to another start by now. Nothing more of this one is sent: see what the other is with backfill status ${job}, and start this file under another name.`,
    { exitStatus: EXIT_STATUS.refused },
  );
}

const cancelled = (job: string): CommandError =>
  new CommandError(`The job ${job} was cancelled. Nothing more of it is sent; see what was: backfill report ${job}.`, {
    exitStatus: EXIT_STATUS.refused,
  });

async function feed(
  { start, description, range }: OneRange,
  { files, sender, onRow }: DirectFeedParts,
  signal: AbortSignal,
): Promise<FeedCounts> {
  const { job, columns } = description;
  const keys = jobFiles(start);
  const rows = new FedRows();
  const bytes = files.range(keys.input, range, signal);
  const fed = await feedRange({ job, columns, range, bytes, signal }, sender, (row) => {
    rows.take(row);
    onRow(row.kind);
  });
  if (!fed.ok) throw unusable(fed.error, "The stored file");
  if (rows.notSent !== undefined) {
    const { reason, isFinal } = rows.notSent;
    throw new CommandError(
      `A row could not be sent: ${reason}. Start the job again when that is mended: it goes on where it was.`,
      {
        exitStatus: isFinal ? EXIT_STATUS.unusable : EXIT_STATUS.refused,
      },
    );
  }
  if (fed.value.rows !== range.rows) {
    throw new CommandError(
      `The stored file of the job ${job.job} is not the one that was cut into ranges: line ${range.firstLine} is elsewhere. Start it under another name.`,
    );
  }
  if (fed.value.refused > 0) await files.write(keys.refused(range.start), rows.refusedLines);
  return fed.value;
}
