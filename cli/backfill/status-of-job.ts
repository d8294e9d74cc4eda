import type { OpenDeployment } from "./deployment/open-deployment.ts";
import { SYSTEM_CLOCK } from "./deployment/system-clock.ts";
import { eachOutcome } from "./watch/each-outcome.ts";
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
  const { item, name, ranges, fed } = job;
  const nowMs = SYSTEM_CLOCK.now();
  const lately = { fromMs: Math.max(nowMs - RATE_OVER_MS, item.startedAtMs), count: 0 };
  const counts = new RowCounts();
  for await (const { outcomes } of eachOutcome(job, deployment, "Counting")) {
    for (const outcome of outcomes) {
      counts.add(outcome);
      if (outcome.state === "started" && (outcome.atMs ?? 0) >= lately.fromMs) lately.count += 1;
    }
  }
  const ratePerSecond = lately.count / Math.max(1, (nowMs - lately.fromMs) / 1_000);
  const { waiting } = counts.byState;
  return {
    job: name,
    operation: item.operation,
    state: item.state,
    startedAtMs: item.startedAtMs,
    ...(item.cancelledAtMs !== undefined && { cancelledAtMs: item.cancelledAtMs }),
    counts,
    fed: ranges.reduce((sum, { start, rows }) => sum + (fed.has(start) ? rows : 0), 0),
    ratePerSecond,
    ...timeLeft(waiting, ratePerSecond),
  };
}

function timeLeft(waiting: number, ratePerSecond: number): { readonly timeLeftMs?: number } {
  if (waiting === 0) return { timeLeftMs: 0 };
  return ratePerSecond === 0 ? {} : { timeLeftMs: Math.round((waiting / ratePerSecond) * 1_000) };
}
