import { jobOf } from "./job-of.ts";
import type { AcceptedWork } from "./work.ts";

/** Whether the request is a row of a backfill that somebody has cancelled. Rejects when that cannot be found out. */
export async function isCancelled(work: AcceptedWork): Promise<boolean> {
  const job = jobOf(work);
  return job !== undefined && (await work.worker.jobs.isCancelled(job));
}
