import { quotaPace, workMs } from "#shared/backfill/plan/quota-pace.ts";
import { readableDuration } from "#shared/backfill/plan/readable-duration.ts";
import { readableMoment } from "#shared/backfill/plan/readable-moment.ts";
import { functionTimeoutSeconds } from "#shared/settings.ts";
import type { OpenDeployment } from "../deployment/open-deployment.ts";
import { type AffectedJob, affectedJobs } from "./affected-jobs.ts";
import type { LanePlace, LaneState } from "./lane-switch.ts";
import { waitingMessages } from "./waiting-messages.ts";

/** What people should know when a lane was switched. */
export interface SwitchReport extends LanePlace {
  readonly state: LaneState;
  /** Whether it was in the other state before. */
  readonly hasChanged: boolean;
  /** Messages in the queue, about. */
  readonly waiting: number;
  /** What those take at the quota, with nobody else on it. */
  readonly quotaMs: number;
  /** Batches that were received before a pause end by then. */
  readonly endsWithinMs: number;
  /** Of the backfill lane. */
  readonly jobs: readonly AffectedJob[];
}

/** Gathers what there is to know of a lane that is in this state now. */
export async function switchReport(
  place: LanePlace,
  { state, hasChanged }: Pick<SwitchReport, "state" | "hasChanged">,
  deployment: OpenDeployment,
): Promise<SwitchReport> {
  const { settings } = deployment.published;
  const waiting = await waitingMessages(place, deployment);
  return {
    ...place,
    state,
    hasChanged,
    waiting,
    quotaMs: workMs(waiting, quotaPace(place.operation, settings)),
    endsWithinMs: functionTimeoutSeconds({ ...settings, senders: [] }, place.operation) * 1_000,
    jobs: place.lane === "backfill" ? await affectedJobs(place.operation, deployment) : [],
  };
}

/** By when a lane must go on for the first rows of a job to be sent before they are too old. */
const resumeByMs = ({ staleAtMs }: AffectedJob, { quotaMs }: SwitchReport): number => staleAtMs - quotaMs;

/** For programs. Moments are ISO 8601. */
export const switchAsJson = (report: SwitchReport) => ({
  operation: report.operation,
  lane: report.lane,
  state: report.state,
  hasChanged: report.hasChanged,
  waiting: report.waiting,
  quotaMs: report.quotaMs,
  jobs: report.jobs.map((job) => ({
    job: job.job,
    resumeBefore: new Date(resumeByMs(job, report)).toISOString(),
    staleAt: new Date(job.staleAtMs).toISOString(),
  })),
});

/** For people. */
export const switchForPeople = (report: SwitchReport): readonly string[] =>
  report.state === "Disabled" ? pausedForPeople(report) : resumedForPeople(report);

function pausedForPeople(report: SwitchReport): readonly string[] {
  const { operation, lane, hasChanged, endsWithinMs, jobs } = report;
  const ended = hasChanged
    ? `is paused: nothing is received from its queue any more, and what was received before ends within ${readableDuration(endsWithinMs)}.`
    : "was paused already.";
  return [
    `The ${lane} lane of ${operation} ${ended}`,
    waitingForPeople(report),
    ...(lane === "live" ? [LIVE_GROWS_OLD] : []),
    ...(jobs.length > 0 ? ["Jobs that may have rows there, and when the lane must go on at the latest:"] : []),
    ...jobs.map((job) => `  ${job.job}  ${readableMoment(resumeByMs(job, report))}`),
    ...(jobs.length > 0 ? [GROWS_OLD] : []),
  ];
}

function resumedForPeople(report: SwitchReport): readonly string[] {
  const { operation, lane, hasChanged, jobs } = report;
  return [
    `The ${lane} lane of ${operation} ${hasChanged ? "goes on." : "was not paused."}`,
    waitingForPeople(report),
    ...(jobs.length > 0 ? [`Jobs that may have rows there: ${jobs.map(({ job }) => job).join(", ")}.`] : []),
  ];
}

const waitingForPeople = ({ waiting, quotaMs }: SwitchReport): string =>
  waiting === 0
    ? "Its queue is empty."
    : `Its queue holds about ${waiting.toLocaleString("en-US")} messages: ${readableDuration(quotaMs)} at the quota.`;

const GROWS_OLD =
  "Rows that wait longer than that become dead letters (Stale), or SQS deletes them while the lane is still paused.";

const LIVE_GROWS_OLD =
  "Live requests wait, and upstreams are told nothing meanwhile. Resume before the oldest are as old as the retention of the queue: SQS deletes them then.";
