import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import { connectEndpoint } from "./connect-endpoint.ts";
import { EXIT_STATUS, type ExitStatus } from "./exit-status.ts";
import { type InputFile, openInputs } from "./input-file.ts";
import { outcomeForPeople } from "./outcome-for-people.ts";
import { printLine } from "./print-line.ts";
import type { CountConnect } from "./run/connect-counts.ts";
import { ContactsInLog } from "./run/contacts-in-log.ts";
import { counted } from "./run/counted.ts";
import { perOperation, sumOver } from "./run/per-operation.ts";
import { type RunResult, runRequests } from "./run/run-requests.ts";
import { discrepancies, summary } from "./run/summary.ts";
import { summaryForPeople } from "./run/summary-for-people.ts";
import { runLocalSystem } from "./run-local-system.ts";
import { prepareProgram, runProgram } from "./run-program.ts";
import { tell } from "./tell.ts";
import { untilInterrupted } from "./until-interrupted.ts";

const SAMPLES = fileURLToPath(new URL("../samples", import.meta.url));

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
  const inputs = await openInputs(paths.length === 0 ? await samplePaths() : paths);
  const { facts, ...rest } = await run(inputs, signal);
  const lines = json === true ? [JSON.stringify(summary(facts))] : summaryForPeople(facts);
  const faults = faultsOf({ facts, ...rest });
  for (const fault of faults) tell(fault);
  for (const line of lines) await printLine(line);
  return faults.length === 0 ? EXIT_STATUS.done : EXIT_STATUS.refused;
}

async function run(inputs: readonly InputFile[], signal: AbortSignal): Promise<RunResult> {
  tell("Synthesizing the stack, and starting what its template describes …");
  const log = new ContactsInLog();
  const onFunctionLog = (_name: string, line: string) => log.note(line);
  let countConnect: CountConnect = () => log.counts();
  try {
    return await runLocalSystem({ port: 0, signal, onFunctionLog }, async (system) => {
      tell(`The system runs at ${system.endpoint}.`);
      if (connectEndpoint() === undefined) {
        countConnect = () =>
          perOperation((operation) => {
            const { contacts, repeats, throttled } = system.connect.stats().operations[operation];
            return { contacts, repeats: repeats + log.startedBefore(operation), throttled };
          });
      }
      return runRequests(inputs, { system, countConnect, signal });
    });
  } finally {
    const contacts = sumOver(countConnect(), (counts) => counts.contacts);
    if (signal.aborted) tell(`Interrupted: ${counted(contacts, "contact")} so far.`);
  }
}

const samplePaths = async (): Promise<readonly string[]> =>
  (await readdir(SAMPLES))
    .filter((name) => name.endsWith(".jsonl"))
    .toSorted()
    .map((name) => join(SAMPLES, name));

/** Why a run was not as it must be, as lines for people. */
function faultsOf({ facts, notSent, open }: RunResult): readonly string[] {
  const stalled =
    open === 0
      ? []
      : [
          `${counted(open, "request")} left, and none has ended for two minutes. See what the workers do: npm run local -- --verbose`,
        ];
  return [...notSent.flatMap(outcomeForPeople), ...stalled, ...discrepancies(facts)];
}

await runProgram(program);
