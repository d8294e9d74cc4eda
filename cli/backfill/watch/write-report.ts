import { once } from "node:events";
import type { OpenDeployment } from "../deployment/open-deployment.ts";
import { WholeFile } from "../files/whole-file.ts";
import { eachOutcome } from "./each-outcome.ts";
import type { OpenJob } from "./open-job.ts";
import type { ReportFormat } from "./report-line.ts";
import { RowCounts } from "./row-counts.ts";

/** Where a report goes. */
interface ReportTarget {
  write(text: string): Promise<void>;
  finish(): Promise<void>;
  discard(): Promise<void>;
}

export interface ReportTo {
  /** A path; `-` is standard output. */
  readonly output: string;
  readonly format: ReportFormat;
}

/** Writes a line for each row of a job, and gives back how many there are of each state. */
export async function writeReport(
  job: OpenJob,
  deployment: OpenDeployment,
  { output, format }: ReportTo,
): Promise<RowCounts> {
  const target = output === "-" ? STANDARD_OUTPUT : await WholeFile.create(output);
  const counts = new RowCounts();
  try {
    if (format.header !== undefined) await target.write(`${format.header}\n`);
    for await (const outcomes of eachOutcome(job, deployment, "Reporting")) {
      for (const outcome of outcomes) counts.add(outcome);
      await target.write(outcomes.map((outcome) => `${format.line(outcome)}\n`).join(""));
    }
    await target.finish();
    return counts;
  } catch (error) {
    await target.discard();
    throw error;
  }
}

const nothing = async (): Promise<void> => undefined;

const STANDARD_OUTPUT: ReportTarget = {
  write: async (text) => {
    if (!process.stdout.write(text)) await once(process.stdout, "drain");
  },
  finish: nothing,
  discard: nothing,
};
