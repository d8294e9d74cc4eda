import { resumeByMs } from "./resume-by-ms.ts";
import type { SwitchReport } from "./switch-report.ts";

/** What is known of a lane that was switched, for programs. Moments are ISO 8601. */
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
    isTooOld: job.isTooOld,
  })),
  unreadable: report.unreadable,
});
