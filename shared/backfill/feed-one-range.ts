import { jobFiles } from "../contract/job-files.ts";
import type { JobStart } from "../contract/job-start.ts";
import type { JobDescription } from "../job-description.ts";
import { FedRows, type RowNotSent } from "./fed-rows.ts";
import type { FeedPorts } from "./feed-ports.ts";
import { type FedRow, type FeedRefusal, feedRange } from "./feed-range.ts";
import type { RowRange } from "./row-range.ts";
import { type StartStanding, startStanding } from "./start-standing.ts";

/** A range of the stored file of a start. */
export interface OneRange {
  readonly start: JobStart;
  readonly range: RowRange;
  /** Of that start; asked for where the range is to be fed. */
  readonly describe: () => Promise<JobDescription>;
  /** Hears of every row. */
  readonly tell?: (row: FedRow) => void;
}

/** How feeding a range ended. */
export type RangeEnd =
  /** All of its rows are sent or refused: by now, or by somebody else before, and then nothing was sent again. */
  | { readonly kind: "fed" | "already-fed"; readonly sent: number; readonly refused: number }
  /** Nothing was sent, since the start is none that is fed. */
  | { readonly kind: Exclude<StartStanding, "open"> }
  /** The stored file, or its template, cannot be used. */
  | { readonly kind: "unusable"; readonly refusal: FeedRefusal }
  /** There are so many rows in the range, and not as many as were counted when it was cut: the stored file is another one. */
  | { readonly kind: "other-rows"; readonly rows: number }
  /** This row may be on no queue, and the feeding ended with it. */
  | { readonly kind: "not-sent"; readonly row: RowNotSent };

/**
 * Feeds a range, if it is still to be fed, and writes down that it is. Rejects with what the ports reject with, and with the
 * reason of the signal. Whatever is not fed counts as not begun: to feed it again is safe.
 */
export async function feedOneRange(one: OneRange, ports: FeedPorts, signal: AbortSignal): Promise<RangeEnd> {
  const { start, range } = one;
  const standing = startStanding(await ports.jobs.read(start.job), start);
  if (standing !== "open") return { kind: standing };
  const known = (await ports.fedRanges.read(start)).get(range.start);
  if (known?.end === range.end) return { kind: "already-fed", sent: known.sent, refused: known.refused };

  const fedAtMs = ports.clock.now();
  const end = await feed(one, ports, signal);
  if (end.kind !== "fed") return end;
  const { sent, refused } = end;
  await ports.fedRanges.record(start, range.start, { end: range.end, sent, refused, fedAtMs });
  return end;
}

async function feed(one: OneRange, ports: FeedPorts, signal: AbortSignal): Promise<RangeEnd> {
  const rows = new FedRows();
  // A range fails as a whole: what follows a row that is not sent would be sent in vain, each after all of its tries.
  const ending = new AbortController();
  const tell = (row: FedRow): void => {
    rows.take(row);
    one.tell?.(row);
    if (row.kind === "failed") ending.abort();
  };
  try {
    return await feedRows({ ...one, tell }, { ...ports, rows }, AbortSignal.any([signal, ending.signal]));
  } catch (error) {
    signal.throwIfAborted();
    if (rows.notSent === undefined) throw error;
    return { kind: "not-sent", row: rows.notSent };
  }
}

async function feedRows(
  { start, range, describe, tell }: Required<OneRange>,
  { files, sender, rows }: Pick<FeedPorts, "files" | "sender"> & { readonly rows: FedRows },
  signal: AbortSignal,
): Promise<RangeEnd> {
  const keys = jobFiles(start);
  const work = { ...(await describe()), range, bytes: files.range(keys.input, range, signal), signal };
  const fed = await feedRange(work, sender, tell);
  if (rows.notSent !== undefined) return { kind: "not-sent", row: rows.notSent };
  if (!fed.ok) return { kind: "unusable", refusal: fed.error };
  const { rows: count, sent, refused } = fed.value;
  if (count !== range.rows) return { kind: "other-rows", rows: count };
  if (refused > 0) await files.write(keys.refused(range.start), rows.refusedLines);
  return { kind: "fed", sent, refused };
}
