import type { FedRange } from "#shared/fed-range.ts";
import type { JobItem } from "#shared/job-item.ts";

/** How long rows wait. */
export interface RowAge {
  /** Until they are too old to be sent. */
  readonly freshMs: number;
  /** Until SQS deletes them. */
  readonly keptMs: number;
  readonly nowMs: number;
}

/** The rows of a job that may be in a queue. */
export interface RowsInQueue {
  /** The oldest that can still be sent are too old from then on, epoch milliseconds; the last, where all are too old. */
  readonly staleAtMs: number;
  /** Whether all of them are too old already. */
  readonly isTooOld: boolean;
}

/**
 * When the next rows of a job are too old to be sent; undefined where all have left the queue. Rows may be on it from the start on,
 * before their range is written down.
 */
export function rowsInQueue(
  { startedAtMs }: Pick<JobItem, "startedAtMs">,
  fed: ReadonlyMap<number, FedRange>,
  { freshMs, keptMs, nowMs }: RowAge,
): RowsInQueue | undefined {
  const sentMs = [startedAtMs, ...[...fed.values()].map(({ fedAtMs }) => fedAtMs)];
  const next = sentMs.reduce((least, atMs) => (atMs + freshMs > nowMs ? Math.min(least, atMs) : least), Infinity);
  if (Number.isFinite(next)) return { staleAtMs: next + freshMs, isTooOld: false };
  const last = sentMs.reduce((most, atMs) => Math.max(most, atMs), startedAtMs);
  return last + keptMs > nowMs ? { staleAtMs: last + freshMs, isTooOld: true } : undefined;
}
