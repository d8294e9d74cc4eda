import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import { connectEndpoint } from "./connect-endpoint.ts";
import { EXIT_STATUS, type ExitStatus } from "./exit-status.ts";
import { openInputs } from "./input-file.ts";
import { outcomeForPeople } from "./outcome-for-people.ts";
import { printLine } from "./print-line.ts";
import { counted } from "./run/counted.ts";
import { sumOver } from "./run/per-operation.ts";
import { countsOf, type RunInputs, type RunResult, runRequests } from "./run/run-requests.ts";
import { discrepancies, summary } from "./run/summary.ts";
import { summaryForPeople } from "./run/summary-for-people.ts";
import { ThrottlesInLog } from "./run/throttles-in-log.ts";
import { untoldContacts } from "./run/untold-contacts.ts";
import { sendSampleWays } from "./run/ways/send-sample-ways.ts";
import { runLocalSystem } from "./run-local-system.ts";
import { prepareProgram, runProgram } from "./run-program.ts";
import { tell } from "./tell.ts";
import { untilInterrupted } from "./until-interrupted.ts";

const SAMPLES = fileURLToPath(new URL("../samples", import.meta.url));
const SETTINGS = join(SAMPLES, "settings.json");

/** What a shell shows for a program that SIGINT ended. */
const INTERRUPTED = 130;

interface StartOptions {
  readonly json?: true;
}

const program = prepareProgram(new Command("npm start --"))
  .description("Runs the deployed system on this machine, and sends requests through it: the samples, or your own.")
  .argument("[FILE...]", "JSONL files: one request a line; - is standard input (default: all of samples/)")
  .option("--json", "print the summary as one line of JSON")
  .action(async (paths: readonly string[], options: StartOptions) => {
    const interruption = await untilInterrupted(async (signal) => {
      process.exitCode = await start(paths, { ...options, signal });
    });
    if (interruption !== undefined) process.exitCode = INTERRUPTED;
  });

interface Run extends StartOptions {
  readonly signal: AbortSignal;
}

async function start(paths: readonly string[], { json, signal }: Run): Promise<ExitStatus> {
  const { facts, ...rest } = await run(await inputsOf(paths), signal);
  const lines = json === true ? [JSON.stringify(summary(facts))] : summaryForPeople(facts);
  const faults = faultsOf({ facts, ...rest });
  for (const fault of faults) tell(fault);
  for (const line of lines) await printLine(line);
  return faults.length === 0 ? EXIT_STATUS.done : EXIT_STATUS.refused;
}

/** The files that are given; else all of the samples. */
const inputsOf = async (paths: readonly string[]): Promise<RunInputs> =>
  paths.length > 0
    ? { files: await openInputs(paths), sendByOtherWays: async () => [] }
    : { files: await openInputs(await samplePaths()), sendByOtherWays: sendSampleWays };

interface FinishedRun extends RunResult {
  /** What is wrong with the contacts that were made. */
  readonly untold: readonly string[];
}

async function run(inputs: RunInputs, signal: AbortSignal): Promise<FinishedRun> {
  tell("Synthesizing the stack, and starting what its template describes …");
  const throttles = new ThrottlesInLog();
  const onFunctionLog = (_name: string, line: string) => throttles.note(line);
  let contactsSoFar = () => 0;
  try {
    return await runLocalSystem({ port: 0, signal, settingsFile: SETTINGS, onFunctionLog }, async (system) => {
      tell(`The system runs at ${system.endpoint}.`);
      contactsSoFar = () => sumOver(countsOf({ system, throttles }), ({ contacts }) => contacts);
      const result = await runRequests(inputs, { system, throttles, signal });
      // Another Connect cannot be asked for what it has made.
      if (connectEndpoint() !== undefined) return { ...result, untold: [] };
      return { ...result, untold: untoldContacts(system.connect.contacts(), result.outcomes) };
    });
  } finally {
    if (signal.aborted) tell(`Interrupted: ${counted(contactsSoFar(), "contact")} so far.`);
  }
}

const samplePaths = async (): Promise<readonly string[]> =>
  (await readdir(SAMPLES))
    .filter((name) => name.endsWith(".jsonl"))
    .toSorted()
    .map((name) => join(SAMPLES, name));

/** Why a run was not as it must be, as lines for people. */
function faultsOf({ facts, notSent, open, untold }: FinishedRun): readonly string[] {
  const stalled =
    open === 0
      ? []
      : [
          `${counted(open, "request")} left, and none has ended for two minutes. See what the workers do: npm run local -- --verbose`,
        ];
  return [...notSent.flatMap(outcomeForPeople), ...stalled, ...discrepancies(facts), ...untold];
}

await runProgram(program);
