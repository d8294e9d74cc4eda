import { DynamoDbJobs } from "#shared/aws/dynamodb-jobs.ts";
import { MOST_AGE_OF_JOBS_MS } from "#shared/worker/most-age-of-jobs-ms.ts";
import { CommandError } from "../command-error.ts";
import { tell } from "../tell.ts";
import { explained } from "./deployment/explain-aws-error.ts";
import type { OpenDeployment } from "./deployment/open-deployment.ts";
import { SYSTEM_CLOCK } from "./deployment/system-clock.ts";
import { noJob } from "./watch/open-job.ts";

/** What a call may take on its way beyond its timeout. */
const MARGIN_MS = 1_000;

/**
 * Cancels a job, and resolves when that holds: workers know of the mark by then, and each call that had begun before has
 * been answered or given up. Rejects with a CommandError for a job that there is not.
 */
export async function cancelJob(name: string, { place, published, table }: OpenDeployment): Promise<void> {
  const jobs = new DynamoDbJobs(table, SYSTEM_CLOCK);
  const isThere = await explained("write to the state table", place, () => jobs.cancel(name));
  if (!isThere) throw new CommandError(noJob(name, place.prefix));
  const waitMs = MOST_AGE_OF_JOBS_MS + published.settings.callTimeoutSeconds * 1_000 + MARGIN_MS;
  tell(
    `Cancelling ${name}: ${Math.ceil(waitMs / 1_000)} s until all workers know it and their calls under way have ended.`,
  );
  await SYSTEM_CLOCK.sleep(waitMs);
}
