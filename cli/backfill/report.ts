import type { Command } from "commander";
import { EXIT_STATUS } from "../exit-status.ts";
import { printLine } from "../print-line.ts";
import { tell } from "../tell.ts";
import { type DeploymentOptions, withDeploymentOptions } from "./deployment/deployment-options.ts";
import { jobArgument } from "./job/job-argument.ts";
import type { RowCounts } from "./watch/row-counts.ts";

interface ReportOptions extends DeploymentOptions {
  readonly output: string;
  readonly json?: true;
}

/** `backfill report JOB`: a line for each row. */
export function addReport(backfill: Command): void {
  withDeploymentOptions(backfill.command("report"))
    .description("write a line for each row of a job: what became of it, its ContactId or why it has none")
    .argument("<JOB>", "the job, as it was named at its start", jobArgument)
    .requiredOption("--output <FILE>", "where to, as CSV; - is standard output. A file that is there is replaced")
    .option("--json", "write a JSON object a line in place of CSV, and the counts as one, too")
    .addHelpText(
      "after",
      "\nIn CSV, a key or requestId that a spreadsheet would take for a formula has an apostrophe before it; in JSON it is as it is.",
    )
    .action(async (job: string, options: ReportOptions) => {
      await report(job, options);
      process.exitCode = EXIT_STATUS.done;
    });
}

async function report(name: string, { output, json, ...where }: ReportOptions): Promise<void> {
  // Not for everybody: the AWS clients take longer to load than all else together.
  const { withDeployment } = await import("./deployment/with-deployment.ts");
  const { openJob } = await import("./watch/open-job.ts");
  const { keepInputOf } = await import("./watch/keep-input-of.ts");
  const { CSV_REPORT, JSON_REPORT } = await import("./watch/report-line.ts");
  const { writeReport } = await import("./watch/write-report.ts");
  const format = json === true ? JSON_REPORT : CSV_REPORT;
  await withDeployment(where, async (deployment) => {
    const job = await openJob(name, deployment);
    if (output !== "-") await keepInputOf(job, output);
    const counts = await writeReport(job, deployment, { output, format });
    const lines = await countsAsLines(counts, json);
    // Standard output holds nothing but the report.
    for (const line of lines) output === "-" ? tell(line) : await printLine(line);
  });
}

async function countsAsLines(counts: RowCounts, json: true | undefined): Promise<readonly string[]> {
  const { countsForPeople } = await import("./watch/counts-for-people.ts");
  if (json !== true) return countsForPeople(counts);
  const { rows, byState, inDoubt, differing } = counts;
  return [JSON.stringify({ rows, ...byState, inDoubt, differing })];
}
