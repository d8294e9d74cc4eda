import type { AffectedJob } from "./affected-jobs.ts";
import type { SwitchReport } from "./switch-report.ts";

/** By when a lane must go on for the first rows of a job to be sent before they are too old. */
export const resumeByMs = ({ staleAtMs }: AffectedJob, { quotaMs }: Pick<SwitchReport, "quotaMs">): number =>
  staleAtMs - quotaMs;
