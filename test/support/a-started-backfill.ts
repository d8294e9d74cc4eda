import type { LocalSystem } from "#local/start-local-system.ts";
import { type CliOutcome, runCli } from "./cli-process.ts";
import { clientVariables } from "./local-process.ts";
import { type WrittenFiles, writtenFiles } from "./written-files.ts";

/** A task for each row, named after its key. */
const TASK = {
  operation: "CreateContact",
  input: { Channel: "TASK", InitiationMethod: "API", Name: "{{id}}", Description: "{{note}}" },
};

/** A job that was fed from this machine, and the commands about it. */
export interface StartedBackfill {
  readonly files: WrittenFiles;
  /** Runs `backfill …` against the system. */
  run(args: readonly string[]): Promise<CliOutcome>;
  /** The keys of the rows that have their contact, each as often as it has one. */
  keysWithContact(): readonly string[];
}

export interface BackfillFile {
  readonly job: string;
  /** The lines of a CSV with the columns `id` and `note`, without its header. */
  readonly lines: readonly string[];
  readonly template?: object;
  readonly more?: readonly string[];
}

/** Feeds a file as a job, with what the contract refuses left out. Rejects with what the command wrote where that fails. */
export async function aStartedBackfill(
  system: LocalSystem,
  { job, lines, template = TASK, more = [] }: BackfillFile,
): Promise<StartedBackfill> {
  const files = await writtenFiles();
  const file = await files.write("rows.csv", ["id,note", ...lines, ""].join("\n"));
  const templateFile = await files.write("template.json", JSON.stringify(template));
  const env = clientVariables(system.endpoint);
  const run = async (args: readonly string[]) => runCli("contact-requests.ts", ["backfill", ...args], { env });
  const how = ["--template", templateFile, "--job", job, "--key", "id", "--direct", "--skip-refused", ...more];
  const { status, stderr } = await runCli("contact-requests.ts", ["backfill", "start", file, ...how], { env });
  if (status !== 0) throw new Error(`The job was not started (${status}): ${stderr}`);
  const names = () => system.connect.contacts().map(({ input }) => String(input["Name"]));
  return {
    files,
    run,
    keysWithContact: () => names().filter((name) => lines.some((line) => line.startsWith(`${name},`))),
  };
}
