import { readableDuration } from "#shared/backfill/plan/readable-duration.ts";
import { readableMoment } from "#shared/backfill/plan/readable-moment.ts";
import type { JobStatus } from "./status-of-job.ts";
import { countsForPeople } from "./watch/counts-for-people.ts";

/** How far a job is, as people read it. */
export const statusForPeople = (status: JobStatus): readonly string[] => [
  `${status.job}: ${status.operation}, ${stateOf(status)}, started ${readableMoment(status.startedAtMs)}`,
  ...countsForPeople(status.counts),
  ...pace(status),
];

function stateOf({ state, fed, counts: { rows }, cancelledAtMs }: JobStatus): string {
  if (state === "fed") return "all rows fed";
  const soFar = `${fed.toLocaleString("en-US")} of ${rows.toLocaleString("en-US")} rows fed`;
  if (state === "feeding") return soFar;
  return `cancelled${cancelledAtMs === undefined ? "" : ` ${readableMoment(cancelledAtMs)}`}, ${soFar}`;
}

function pace({ counts, ratePerSecond, timeLeftMs, state }: JobStatus): readonly string[] {
  const { waiting } = counts.byState;
  if (waiting === 0 || state === "cancelled") return [];
  if (timeLeftMs === undefined) return [`${NOTHING_LATELY}${state === "feeding" ? NOT_FED : ""}`];
  const rate = ratePerSecond.toFixed(ratePerSecond < 1 ? 2 : 1);
  return [`${rate} contacts a second over the last minutes: about ${readableDuration(timeLeftMs)} left at this rate.`];
}

const NOTHING_LATELY =
  "No contact was started in the last 10 minutes, so nobody knows how long it takes. Rows wait for their sending hours, for live requests, while the lane is paused (backfill resume), while Connect holds too many open contacts, or denies the calls: then the log of the workers says why.";

const NOT_FED = " Not all rows are fed yet: if nothing feeds them, start the job again in the same way.";
