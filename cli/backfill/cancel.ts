import type { Command } from "commander";
import { EXIT_STATUS, type ExitStatus } from "../exit-status.ts";
import { printLine } from "../print-line.ts";
import { tell } from "../tell.ts";
import { type DeploymentOptions, withDeploymentOptions } from "./deployment/deployment-options.ts";
import { jobArgument } from "./job/job-argument.ts";

/** `backfill cancel JOB`: no row that has not been sent is sent any more. */
export function addCancel(backfill: Command): void {
  withDeploymentOptions(backfill.command("cancel"))
    .description("send no more rows of a job, for good, and count those that were sent before")
    .argument("<JOB>", "the job, as it was named at its start", jobArgument)
    .addHelpText(
      "after",
      "\nWhen it ends with 0 or 1, no call for a row of the job is made any more. To stop for a while, use pause.",
    )
    .action(async (job: string, options: DeploymentOptions) => {
      process.exitCode = await cancel(job, options);
    });
}

async function cancel(name: string, options: DeploymentOptions): Promise<ExitStatus> {
  // Not for everybody: the AWS clients take longer to load than all else together.
  const { withDeployment } = await import("./deployment/with-deployment.ts");
  const { cancelJob } = await import("./cancel-job.ts");
  const { beyondReach } = await import("./watch/beyond-reach.ts");
  const { countsForPeople } = await import("./watch/counts-for-people.ts");
  const { countRows } = await import("./watch/count-rows.ts");
  const { openJob } = await import("./watch/open-job.ts");
  return await withDeployment(options, async (deployment) => {
    await cancelJob(name, deployment);
    await printLine(`${name} is cancelled: no call for a request ${name}/… is made any more.`);
    const counts = await countRows(await openJob(name, deployment), deployment);
    for (const line of countsForPeople(counts)) await printLine(line);
    const goOn = beyondReach(counts, name);
    if (goOn === undefined) return EXIT_STATUS.done;
    tell(goOn);
    return EXIT_STATUS.refused;
  });
}
