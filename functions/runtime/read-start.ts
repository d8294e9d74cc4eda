import type { JobStart } from "#shared/contract/job-start.ts";
import type { JobItem } from "#shared/job-item.ts";
import type { FeedParts } from "./feed-parts.ts";
import { InvalidFeed } from "./invalid-feed.ts";

/** The job's item, if the job belongs to this start, and may be fed or was cancelled. Throws InvalidFeed if not. */
export async function readStart({ job, startId }: JobStart, { jobs }: Pick<FeedParts, "jobs">): Promise<JobItem> {
  const item = await jobs.read(job);
  if (item === undefined) throw new InvalidFeed(`There is no job ${job} in the state table. Start it first.`);
  if (item.startId !== startId) {
    throw new InvalidFeed(`The job ${job} belongs to another start than this run. Start it again to go on with that.`);
  }
  if (item.state === "storing") {
    throw new InvalidFeed(`The files of the job ${job} are not stored yet. Start it again.`);
  }
  return item;
}
