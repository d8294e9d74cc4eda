import type { OpenDeployment } from "../deployment/open-deployment.ts";
import { type Progress, startProgress } from "../progress.ts";
import type { OpenJob } from "./open-job.ts";
import type { RowOutcome } from "./row-outcome.ts";
import { rowOutcomes } from "./row-outcomes.ts";

/** What became of each row of a job, with a progress bar. `title` says what is under way, as in `Counting`. */
export async function* eachOutcome(
  job: OpenJob,
  deployment: OpenDeployment,
  title: string,
): AsyncGenerator<readonly RowOutcome[], void> {
  const total = job.ranges.reduce((sum, { rows }) => sum + rows, 0);
  const progress: Progress = startProgress({ total, title });
  let rows = 0;
  try {
    for await (const outcomes of rowOutcomes(job, deployment)) {
      rows += outcomes.length;
      progress.show(rows, () => `${rows} of ${total} rows`);
      yield outcomes;
    }
  } finally {
    progress.end();
  }
}
