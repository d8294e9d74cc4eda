import type { Command } from "commander";
import { withJobOptions } from "./job/job-options.ts";
import type { PlanOptions } from "./plan/plan.ts";

/** `backfill plan FILE`: says what would become of a file. */
export function addPlan(backfill: Command): void {
  withJobOptions(backfill.command("plan"))
    .description("check every row of a file, and say how long it would take, without sending anything")
    .option(
      "--settings <FILE>",
      "plan with the settings in this JSON file (default: those that the deployment publishes)",
    )
    .option("--ledger", "count the rows whose contact is made already, too")
    .option("--json", "print the plan as one line of JSON")
    .addHelpText(
      "after",
      "\nExit status: 0 it can be started as it is, 1 it cannot, with the reasons, 2 the file or the options are unusable.",
    )
    .action(async (path: string, options: PlanOptions) => {
      // Not for everybody: the other commands need little of it.
      const { plan } = await import("./plan/plan.ts");
      process.exitCode = await plan(path, options);
    });
}
