import { startStanding } from "#shared/backfill/start-standing.ts";
import { unfedRanges } from "#shared/backfill/unfed-ranges.ts";
import { jobFiles } from "#shared/contract/job-files.ts";
import { jobRangesSchema } from "#shared/job-ranges.ts";
import type { FeedEnd } from "./feed-input.ts";
import type { FeedParts } from "./feed-parts.ts";
import { JobNotFed } from "./job-not-fed.ts";
import { notToBeFed } from "./not-to-be-fed.ts";
import { storedFile } from "./stored-file.ts";

/** How a run of the state machine ended. */
export interface RunAnswer {
  readonly outcome: "all-fed" | "cancelled";
}

/**
 * Marks a job as fed when the map has gone through its ranges. Throws JobNotFed where some are not fed, whoever was to feed
 * them, and InvalidFeed where the job is not what it should be.
 */
export async function endRun(end: FeedEnd, parts: Pick<FeedParts, "jobs" | "fedRanges" | "files">): Promise<RunAnswer> {
  const standing = startStanding(await parts.jobs.read(end.job), end);
  if (standing === "cancelled") return { outcome: "cancelled" };
  if (standing !== "open") throw notToBeFed(standing, end.job);
  const keys = jobFiles(end);
  const ranges = await storedFile(keys.ranges, jobRangesSchema, parts);
  const left = unfedRanges(ranges, await parts.fedRanges.read(end));
  if (left.length > 0) {
    throw new JobNotFed(
      `${left.length} of the ${ranges.length} ranges of the job ${end.job} are not fed: the files in ${keys.results}/ say why. Mend it, and start the job again in the same way: that feeds just those ranges. A redrive of this run would only look again.`,
    );
  }
  const isMarked = await parts.jobs.markFed(end);
  return { outcome: isMarked ? "all-fed" : "cancelled" };
}
