import type { Command } from "commander";
import { EXIT_STATUS } from "../exit-status.ts";
import { printLine } from "../print-line.ts";
import { type DeploymentOptions, withDeploymentOptions } from "./deployment/deployment-options.ts";
import { jobArgument } from "./job/job-argument.ts";

interface StatusOptions extends DeploymentOptions {
  readonly json?: true;
}

/** `backfill status JOB`: how far a job is. */
export function addStatus(backfill: Command): void {
  withDeploymentOptions(backfill.command("status"))
    .description("count what became of the rows of a job so far, and how long the others take")
    .argument("<JOB>", "the job, as it was named at its start", jobArgument)
    .option("--json", "print one line of JSON")
    .action(async (job: string, options: StatusOptions) => {
      await status(job, options);
      process.exitCode = EXIT_STATUS.done;
    });
}

async function status(name: string, options: StatusOptions): Promise<void> {
  // Not for everybody: the AWS clients take longer to load than all else together.
  const { withDeployment } = await import("./deployment/with-deployment.ts");
  const { openJob } = await import("./watch/open-job.ts");
  const { statusOfJob } = await import("./status-of-job.ts");
  const { statusAsJson } = await import("./status-as-json.ts");
  const { statusForPeople } = await import("./status-for-people.ts");
  await withDeployment(options, async (deployment) => {
    const found = await statusOfJob(await openJob(name, deployment), deployment);
    const lines = options.json === true ? [JSON.stringify(statusAsJson(found))] : statusForPeople(found);
    for (const line of lines) await printLine(line);
  });
}
