import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PurgeQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
import { ratio } from "./arithmetic/ratio.ts";
import { OPERATION, writeBodies, writeCustomers, writeTemplate } from "./backfill/rows.ts";
import { environment, runBackfill } from "./backfill/run-backfill.ts";
import type { BenchRun } from "./bench-run.ts";
import type { Findings } from "./report/findings.ts";
import { atLeast, atMost } from "./report/target.ts";
import { BENCH, credentialsOf } from "./system/callers.ts";
import type { Deployment } from "./system/deployment.ts";
import { type ProgramRun, runProgram } from "./system/run-program.ts";
import { PREFIX, synthesize } from "./system/synthesize.ts";
import { withAssembly } from "./system/with-assembly.ts";
import { withDeployment } from "./system/with-deployment.ts";

// How fast is a file on its queue, how fast is it planned, and in how much memory?

interface Sizes {
  readonly fed: number;
  readonly rounds: number;
  readonly fewPlanned: number;
  readonly manyPlanned: number;
}

const QUICK: Sizes = { fed: 3_000, rounds: 1, fewPlanned: 10_000, manyPlanned: 100_000 };
const FULL: Sizes = { fed: 30_000, rounds: 3, fewPlanned: 10_000, manyPlanned: 1_000_000 };

/** So many that no plan takes longer than a queue keeps messages: here it is the reading that is measured. */
const QUOTA = { ratePerSecond: 900, burst: 900 };

/** A file of rows on the way to its queue, beside a loop that sends the same messages; and the plan of a small file and a large one. */
export async function backfill(run: BenchRun): Promise<Findings> {
  const sizes = run.quick ? QUICK : FULL;
  const directory = await mkdtemp(join(tmpdir(), "contact-requests-bench-"));
  try {
    const assembly = synthesize({ quota: QUOTA, settings: { backfillEnabled: false }, signal: run.signal });
    return await withAssembly(assembly, async (made) =>
      withDeployment(made, run.seed, async (deployment) => measure({ run, sizes, directory, deployment })),
    );
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

interface Bench {
  readonly run: BenchRun;
  readonly sizes: Sizes;
  /** For the files. */
  readonly directory: string;
  readonly deployment: Deployment;
}

async function measure(bench: Bench): Promise<Findings> {
  const { run, sizes } = bench;
  const template = await writeTemplate(bench.directory);
  const feeds: Record<"loop" | "ours", Feed[]> = { loop: [], ours: [] };
  for (let round = 1; round <= sizes.rounds; round += 1) {
    run.tell(`${sizes.fed} rows on their queue, ${round} of ${sizes.rounds} …`);
    feeds.loop.push(await plainLoop(bench, `loop-${round}`));
    feeds.ours.push(await startDirect(bench, template, `job-${round}`));
  }
  const plans: ProgramRun[] = [];
  for (const rows of [sizes.fewPlanned, sizes.manyPlanned]) {
    run.tell(`A plan of ${rows} rows …`);
    plans.push(await plan(bench, template, rows));
  }
  return findings(sizes, feeds, plans);
}

const queueUrl = ({ deployment }: Bench): string =>
  deployment.system.queueUrls[`${PREFIX}-${OPERATION}-backfill`] ?? "";

/** A queue that holds nothing, for each feed: no worker takes from it. */
async function emptyQueue(bench: Bench): Promise<void> {
  const { endpoint } = bench.deployment.system;
  const sqs = new SQSClient({ endpoint, region: "us-east-1", credentials: credentialsOf(BENCH) });
  await sqs.send(new PurgeQueueCommand({ QueueUrl: queueUrl(bench) }));
  sqs.destroy();
}

/** Looks at the clock where the messages arrive. The first request has ended when the clock begins: its rows are one in thousands. */
async function fed(bench: Bench, feed: () => Promise<ProgramRun>): Promise<Feed> {
  const fromMs = Date.now();
  const { seconds } = await feed();
  requireAll(bench);
  const arrivals = bench.deployment.requests
    .of(BENCH)
    .filter(({ action, endedAtMs }) => action === "SendMessageBatch" && endedAtMs >= fromMs)
    .map(({ endedAtMs }) => endedAtMs);
  return { feedingSeconds: (Math.max(...arrivals) - Math.min(...arrivals)) / 1_000, programSeconds: seconds };
}

/** Throws if not every row has become a message. */
function requireAll({ deployment, sizes }: Bench): void {
  const depth = deployment.system.queueDepths()[`${PREFIX}-${OPERATION}-backfill`];
  if (depth?.visible !== sizes.fed) throw new Error(`${depth?.visible} of ${sizes.fed} messages are on the queue.`);
}

/** How long a file took to its queue: its first messages to its last ones, and the whole program. */
interface Feed {
  readonly feedingSeconds: number;
  readonly programSeconds: number;
}

async function plainLoop(bench: Bench, job: string): Promise<Feed> {
  await emptyQueue(bench);
  const bodies = await writeBodies(bench.directory, job, bench.sizes.fed);
  const args = [join(import.meta.dirname, "backfill/plain-loop.ts"), bodies, queueUrl(bench), job];
  const env = environment(bench.deployment);
  return await fed(bench, async () => runProgram({ args, env, signal: bench.run.signal }));
}

async function startDirect(bench: Bench, template: string, job: string): Promise<Feed> {
  await emptyQueue(bench);
  const { deployment, run } = bench;
  const file = await writeCustomers(bench.directory, bench.sizes.fed);
  return await fed(bench, async () => runBackfill(deployment, { command: "start", file, template, job }, run.signal));
}

async function plan(bench: Bench, template: string, rows: number): Promise<ProgramRun> {
  const file = await writeCustomers(bench.directory, rows);
  return await runBackfill(bench.deployment, { command: "plan", file, template, job: "planned" }, bench.run.signal);
}

function findings(
  sizes: Sizes,
  feeds: Record<"loop" | "ours", readonly Feed[]>,
  plans: readonly ProgramRun[],
): Findings {
  const rates = Object.entries(feeds).map(([name, runs]) => {
    const rows = sizes.fed * runs.length;
    const feedingSeconds = runs.reduce((sum, each) => sum + each.feedingSeconds, 0);
    const programSeconds = runs.reduce((sum, each) => sum + each.programSeconds, 0);
    const [rowsPerSecond, wholeRowsPerSecond] = [rows / feedingSeconds, rows / programSeconds];
    return { name, rows, feedingSeconds, rowsPerSecond, programSeconds, wholeRowsPerSecond };
  });
  const planned = [sizes.fewPlanned, sizes.manyPlanned].map((rows, index) => {
    const { seconds = 0, peakMib = 0 } = plans[index] ?? {};
    return { name: `${rows} rows`, rows, seconds, rowsPerSecond: rows / seconds, peakMib };
  });
  const [loop, ours] = rates;
  const [few, many] = planned;
  const share = ratio(ours?.rowsPerSecond ?? 0, loop?.rowsPerSecond ?? 0);
  return {
    conditions: { sizes, workers: "none" },
    measurements: { "rows on their queue": rates, "rows planned": planned },
    targets: [
      atLeast("start --direct ÷ a plain loop, rows a second", share, 0.8),
      atMost("seconds for the plan of a million rows", ((many?.seconds ?? 0) / sizes.manyPlanned) * 1_000_000, 60),
      atMost(
        `MiB more at ${sizes.manyPlanned} rows than at ${sizes.fewPlanned}`,
        (many?.peakMib ?? 0) - (few?.peakMib ?? 0),
        64,
      ),
    ],
    skipped: [],
  };
}
