import { readableDuration } from "#shared/backfill/plan/readable-duration.ts";
import { readableMoment } from "#shared/backfill/plan/readable-moment.ts";
import { resumeByMs } from "./resume-by-ms.ts";
import type { SwitchedLane, SwitchReport } from "./switch-report.ts";

/** That a lane is switched, for people. */
export function switchedForPeople({ operation, lane, state, hasChanged, endsWithinMs }: SwitchedLane): string {
  const name = `The ${lane} lane of ${operation}`;
  if (state === "Enabled") return `${name} ${hasChanged ? "goes on." : "was not paused."}`;
  if (!hasChanged) return `${name} was paused already.`;
  return `${name} is paused: nothing is received from its queue any more, and what was received before ends within ${readableDuration(endsWithinMs)}.`;
}

/** What else people should know of it: what waits, which jobs have rows there, and what could not be found out. */
export const switchForPeople = (report: SwitchReport): readonly string[] => [
  waitingForPeople(report),
  ...(report.state === "Disabled" ? pausedForPeople(report) : resumedForPeople(report)),
  ...report.unreadable.map((reason) => `Note: jobs may be missing here. ${reason}`),
];

function pausedForPeople(report: SwitchReport): readonly string[] {
  const { lane, jobs } = report;
  if (lane === "live") return [LIVE_GROWS_OLD];
  if (jobs.length === 0) return [];
  return [
    "Jobs that may have rows there, and when the lane must go on at the latest:",
    ...jobs.map((job) => `  ${job.job}  ${job.isTooOld ? "all are too old" : readableMoment(resumeByMs(job, report))}`),
    GROWS_OLD,
  ];
}

function resumedForPeople({ jobs }: SwitchReport): readonly string[] {
  if (jobs.length === 0) return [];
  const names = jobs.map(({ job, isTooOld }) => (isTooOld ? `${job} (all are too old: Stale)` : job));
  return [`Jobs that may have rows there: ${names.join(", ")}.`];
}

const waitingForPeople = ({ waiting, quotaMs }: SwitchReport): string =>
  waiting === 0
    ? "Its queue is empty."
    : `Its queue holds about ${waiting.toLocaleString("en-US")} messages: ${readableDuration(quotaMs)} at the quota.`;

const GROWS_OLD =
  "Rows that wait longer than that become dead letters (Stale), or SQS deletes them while the lane is still paused.";

const LIVE_GROWS_OLD =
  "Live requests wait, and upstreams are told nothing meanwhile. Resume before the oldest are as old as the retention of the queue: SQS deletes them then.";
