import { rowsIn } from "#shared/backfill/plan/rows-in.ts";
import { unfedRanges } from "#shared/backfill/unfed-ranges.ts";
import type { OpenDeployment } from "./deployment/open-deployment.ts";
import { SYSTEM_CLOCK } from "./deployment/system-clock.ts";
import { eachOutcome } from "./watch/each-outcome.ts";
import { LatelyStarted } from "./watch/lately-started.ts";
import type { OpenJob } from "./watch/open-job.ts";
import { RowCounts } from "./watch/row-counts.ts";

/** How far a job is. */
export interface JobStatus {
  readonly job: string;
  readonly operation: string;
  readonly state: "feeding" | "fed" | "cancelled";
  readonly startedAtMs: number;
  readonly cancelledAtMs?: number;
  readonly counts: RowCounts;
  /** Rows that were put on the queue, or refused on the way. */
  readonly fed: number;
  /** Contacts a second, over the last minutes. */
  readonly ratePerSecond: number;
  /** At this rate. Undefined where nothing was started lately, and nobody knows. */
  readonly timeLeftMs?: number;
}

/** Long enough to even out the pauses of a quota, short enough to show that something has stopped. */
const RATE_OVER_MS = 10 * 60 * 1_000;

/** Reads how far a job is: the state of each of its rows. */
export async function statusOfJob(job: OpenJob, deployment: OpenDeployment): Promise<JobStatus> {
  const { item, name, ranges, fed, state } = job;
  const nowMs = SYSTEM_CLOCK.now();
  const fromMs = Math.max(nowMs - RATE_OVER_MS, item.startedAtMs);
  // Reading all rows takes a while, and what is started meanwhile does not belong to the time that is reckoned with.
  const lately = new LatelyStarted({ fromMs, toMs: nowMs });
  const counts = new RowCounts();
  for await (const outcomes of eachOutcome(job, deployment, "Counting")) {
    for (const outcome of outcomes) {
      counts.add(outcome);
      lately.add(outcome);
    }
  }
  const seconds = Math.max(1, (nowMs - fromMs) / 1_000);
  const { waiting } = counts.byState;
  return {
    job: name,
    operation: item.operation,
    state,
    startedAtMs: item.startedAtMs,
    ...(item.cancelledAtMs !== undefined && { cancelledAtMs: item.cancelledAtMs }),
    counts,
    fed: rowsIn(ranges) - rowsIn(unfedRanges(ranges, fed)),
    ratePerSecond: lately.contacts / seconds,
    // What goes on of a cancelled job has another rate than the job had.
    ...timeLeft(waiting, state === "cancelled" ? 0 : lately.rows / seconds),
  };
}

/** Rows are counted that wait, so rows are what they are set against: of those that share a key all but one cost nothing. */
function timeLeft(waiting: number, rowsPerSecond: number): { readonly timeLeftMs?: number } {
  if (waiting === 0) return { timeLeftMs: 0 };
  return rowsPerSecond === 0 ? {} : { timeLeftMs: Math.round((waiting / rowsPerSecond) * 1_000) };
}
