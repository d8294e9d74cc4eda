import type { Command } from "commander";
import { addPlan } from "./add-plan.ts";
import { addStart } from "./add-start.ts";
import { addCancel } from "./cancel.ts";
import { addPause } from "./pause.ts";
import { addReport } from "./report.ts";
import { addResume } from "./resume.ts";
import { addStatus } from "./status.ts";

/** `backfill …`: from a file of rows to contact requests. */
export function addBackfill(program: Command): void {
  const backfill = program
    .command("backfill")
    .description("plan, start and watch the sending of a file of rows, each of which becomes a contact request");
  addPlan(backfill);
  addStart(backfill);
  addStatus(backfill);
  addPause(backfill);
  addResume(backfill);
  addCancel(backfill);
  addReport(backfill);
}
