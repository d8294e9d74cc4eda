import packageJson from "../../package.json" with { type: "json" };
import { BENCH } from "../system/callers.ts";
import type { Deployment } from "../system/deployment.ts";
import { type ProgramRun, runProgram } from "../system/run-program.ts";
import { PREFIX } from "../system/synthesize.ts";

/** As `npm run contact-requests` runs it, with its flags for Node. */
const CLI = packageJson.scripts["contact-requests"].split(" ").slice(2);

/** With which a program finds the system on this machine, and is told from the workers. */
export const environment = ({ system }: Deployment): Record<string, string> => ({
  AWS_ENDPOINT_URL: system.endpoint,
  AWS_REGION: "us-east-1",
  AWS_ACCESS_KEY_ID: BENCH,
  AWS_SECRET_ACCESS_KEY: "local",
});

export interface BackfillCommand {
  readonly command: "plan" | "start";
  readonly file: string;
  /** A path, too. */
  readonly template: string;
  readonly job: string;
}

/** Plans a file of customers, or feeds it from this machine, as a person would: a process of its own. */
export async function runBackfill(
  deployment: Deployment,
  { command, file, template, job }: BackfillCommand,
  signal: AbortSignal,
): Promise<ProgramRun> {
  const direct = command === "start" ? ["--direct"] : [];
  const named = ["--template", template, "--job", job, "--key", "customer", "--prefix", PREFIX];
  // Contacts of a minute: with a longer life, the cap on open tasks would let no large file through.
  const args = [...CLI, "backfill", command, file, ...direct, ...named, "--json", "--contact-minutes", "1"];
  return await runProgram({ args, env: environment(deployment), signal });
}
