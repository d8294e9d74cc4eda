import type { OpenDeployment } from "../deployment/open-deployment.ts";
import { eachOutcome } from "./each-outcome.ts";
import type { OpenJob } from "./open-job.ts";
import { RowCounts } from "./row-counts.ts";

/** Counts what became of the rows of a job. */
export async function countRows(job: OpenJob, deployment: OpenDeployment): Promise<RowCounts> {
  const counts = new RowCounts();
  for await (const outcomes of eachOutcome(job, deployment, "Counting")) for (const each of outcomes) counts.add(each);
  return counts;
}
