import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Argument, Command, InvalidArgumentError } from "commander";
import { backfill } from "./backfill.ts";
import type { BenchRun } from "./bench-run.ts";
import { lanes } from "./lanes.ts";
import { quota } from "./quota.ts";
import type { Findings } from "./report/findings.ts";
import { findingsForPeople } from "./report/findings-for-people.ts";
import { machine } from "./report/machine.ts";
import { rounded } from "./report/rounded.ts";
import { versions } from "./report/versions.ts";
import { stranger } from "./stranger.ts";

const QUESTIONS = { quota, lanes, stranger, backfill } as const;

type Question = keyof typeof QUESTIONS;

interface Options {
  readonly quick?: true;
  readonly json?: true;
  readonly seed: number;
}

const RESULTS = join(import.meta.dirname, "results");

/** What a shell shows for a program that SIGINT ended. */
const INTERRUPTED = 130;

const tell = (line: string): void => void process.stderr.write(`${line}\n`);
const print = (line: string): void => void process.stdout.write(`${line}\n`);

function wholeNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("The seed is a whole number.");
}

async function answer(question: Question, { quick, json, seed }: Options): Promise<void> {
  const interruption = new AbortController();
  process.once("SIGINT", () => interruption.abort());
  const started = { date: new Date().toISOString(), machine: machine(), versions: await versions() };
  const startedAtMs = performance.now();
  const run: BenchRun = { quick: quick === true, seed, signal: interruption.signal, tell };
  const findings = await findOut(question, run);
  if (findings === undefined) return;
  const command = `npm run bench -- ${question}${run.quick ? " --quick" : ""} --json --seed ${seed}`;
  const durationSeconds = (performance.now() - startedAtMs) / 1000;
  const result = rounded({ question, command, quick: run.quick, seed, ...started, durationSeconds, ...findings });
  if (!run.quick) await record(`${question}-${started.date.slice(0, 10)}`, result);
  if (json === true) print(JSON.stringify(result));
  else for (const line of findingsForPeople(findings)) print(line);
}

/** Nothing if it was interrupted: half a measurement is none. */
async function findOut(question: Question, run: BenchRun): Promise<Findings | undefined> {
  try {
    return await QUESTIONS[question](run);
  } catch (error) {
    if (!run.signal.aborted) throw error;
    process.exitCode = INTERRUPTED;
    return undefined;
  }
}

async function record(name: string, result: unknown): Promise<void> {
  await mkdir(RESULTS, { recursive: true });
  const file = join(RESULTS, `${name}.json`);
  await writeFile(file, `${JSON.stringify(result, undefined, 2)}\n`);
  tell(`Recorded in ${file}.`);
}

await new Command("npm run bench --")
  .showHelpAfterError()
  .description("Measures the system on this machine. A benchmark reports what it finds, and fails for no number.")
  .addArgument(new Argument("<question>", "what to find out; see docs/benchmarks.md").choices(Object.keys(QUESTIONS)))
  .option("--quick", "a look: shorter, and not recorded")
  .option("--json", "print one line of JSON with all numbers, at the end")
  .option("--seed <number>", "decides everything that is random", wholeNumber, 1)
  .action(answer)
  .parseAsync();
