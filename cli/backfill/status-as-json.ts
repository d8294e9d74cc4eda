import type { JobStatus } from "./status-of-job.ts";

/** How far a job is, for programs. Moments are ISO 8601. */
export const statusAsJson = ({ counts, startedAtMs, cancelledAtMs, timeLeftMs, ...status }: JobStatus) => ({
  ...status,
  startedAt: new Date(startedAtMs).toISOString(),
  cancelledAt: cancelledAtMs === undefined ? null : new Date(cancelledAtMs).toISOString(),
  rows: counts.rows,
  ...counts.byState,
  inDoubt: counts.inDoubt,
  differing: counts.differing,
  timeLeftMs: timeLeftMs ?? null,
});
