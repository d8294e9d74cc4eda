import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { costPerContact } from "./arithmetic/cost-per-contact.ts";
import { perfectContacts } from "./arithmetic/perfect-contacts.ts";
import { ratio } from "./arithmetic/ratio.ts";
import { tally } from "./arithmetic/tally.ts";
import { isWithin, type TimeWindow } from "./arithmetic/time-window.ts";
import type { BenchRun } from "./bench-run.ts";
import type { Quota } from "./quota-of-connect.ts";
import type { Findings, Measurement } from "./report/findings.ts";
import { atLeast, atMost, type Target } from "./report/target.ts";
import { Backlog } from "./system/backlog.ts";
import { BENCH } from "./system/callers.ts";
import { contactTimes } from "./system/contact-times.ts";
import { CONNECT_DELAYS_MS, type Deployment } from "./system/deployment.ts";
import { mainProcessLoad } from "./system/main-process-load.ts";
import { RequestQueue } from "./system/request-queue.ts";
import { runDown } from "./system/run-down.ts";
import { type Assembly, PREFIX, synthesize } from "./system/synthesize.ts";
import { warmUp } from "./system/warm-up.ts";
import { withAssembly } from "./system/with-assembly.ts";
import { withCode } from "./system/with-code.ts";
import { withDeployment } from "./system/with-deployment.ts";
import { WORKERS } from "./workers.ts";

// How much of Connect's quota becomes contacts, and what the rest of the calls cost?

const QUOTAS: readonly Quota[] = [
  { ratePerSecond: 2, burst: 5 },
  { ratePerSecond: 50, burst: 75 },
];

const handlerFile = (name: string): string => fileURLToPath(new URL(`./contenders/${name}.ts`, import.meta.url));

interface Contender {
  readonly name: string;
  /** Nothing: the function that is deployed. */
  readonly handlerFile?: string;
}

const OURS: Contender = { name: "ours" };

const CONTENDERS: readonly Contender[] = [
  OURS,
  { name: "standard retries", handlerFile: handlerFile("standard-retries") },
  { name: "adaptive mode", handlerFile: handlerFile("adaptive-mode") },
  { name: "concurrency alone", handlerFile: handlerFile("concurrency-alone") },
  { name: "bucket per process", handlerFile: handlerFile("bucket-per-process") },
];

const LABEL = "quota";

const FUNCTION = `${PREFIX}-CreateContact`;

type Measured = Measurement & Awaited<ReturnType<typeof measure>>;

/** Each contender at each quota, one after the other, each with a system of its own from the same assembly. */
export async function quota(run: BenchRun): Promise<Findings> {
  const seconds = run.quick ? 10 : 60;
  const measurements: Record<string, readonly Measured[]> = {};
  const targets: Target[] = [];
  for (const each of QUOTAS) {
    const settings = { maximumConcurrency: WORKERS, backfillEnabled: false };
    const assembly = synthesize({ quota: each, settings, signal: run.signal });
    const measured = await withAssembly(assembly, async (ours) => measureAll(ours, { run, seconds }));
    measurements[`${each.ratePerSecond}/s, burst ${each.burst}`] = measured;
    targets.push(...measured.filter(({ name }) => name === OURS.name).flatMap((row) => targetsFor(each, row)));
  }
  const conditions = { seconds, workers: WORKERS, connectDelaysMs: CONNECT_DELAYS_MS };
  return { conditions, measurements, targets, skipped: run.quick ? [TOO_SHORT] : [] };
}

const TOO_SHORT =
  "A quick run is too short to judge the use: the limiter keeps some of the burst back, 1 of 25 here and 1 of 125 in a full run at 2/s, 13 of 575 and of 3,075 at 50/s.";

interface Measuring {
  readonly run: BenchRun;
  readonly seconds: number;
}

async function measureAll(ours: Assembly, measuring: Measuring): Promise<readonly Measured[]> {
  const { run, seconds } = measuring;
  const measured: Measured[] = [];
  for (const { name, handlerFile } of CONTENDERS) {
    run.tell(`${ours.quota.ratePerSecond}/s: ${name}, ${seconds} s …`);
    const numbers =
      handlerFile === undefined
        ? await measure(ours, measuring)
        : await withAssembly(withCode(ours, { functionName: FUNCTION, handlerFile }), async (theirs) =>
            measure(theirs, measuring),
          );
    measured.push({ name, ...numbers });
  }
  return measured;
}

/**
 * Measures from the moment at which the first request is given to the queue, with all processes warm and Connect's bucket
 * full, for `t` seconds. In that time nobody can make more than burst + rate · t contacts, and a perfect caller makes them.
 */
const measure = async (assembly: Assembly, { run, seconds }: Measuring) =>
  withDeployment(assembly, run.seed, async (deployment) => {
    const warming = new RequestQueue(deployment, "live", "warm-up");
    await warmUp(
      deployment,
      Array.from({ length: WORKERS }, () => warming),
      run.signal,
    );
    const queue = new RequestQueue(deployment, "live", LABEL);
    const backlog = new Backlog(queue, assembly.quota);
    const load = mainProcessLoad();
    const fromMs = Date.now();
    const window = { fromMs, toMs: fromMs + 1000 * seconds };
    await backlog.start();
    await sleep(window.toMs - Date.now(), undefined, { signal: run.signal });
    const numbers = { ...use(deployment, window), mainProcessLoad: load(), errorLines: deployment.errorLines.length };
    await backlog.stop();
    await runDown(deployment, queue, run.signal);
    return { ...numbers, ...cost(deployment, { fromMs, toMs: Date.now() }), lowestBacklog: backlog.lowest };
  });

function use(deployment: Deployment, window: TimeWindow) {
  const { calls, throttled } = tally(deployment.requests.withoutCallers(BENCH), window);
  const contacts = contactsIn(deployment, window);
  const quotaUse = ratio(contacts, perfectContacts(deployment.quota, window));
  return { contacts, quotaUse, calls, throttled, throttledShare: ratio(throttled, calls) };
}

/** With what the workers held at the end: else batches that are under way would look like messages received in vain. */
const cost = (deployment: Deployment, window: TimeWindow) =>
  costPerContact(tally(deployment.requests.withoutCallers(BENCH), window), contactsIn(deployment, window));

const contactsIn = (deployment: Deployment, window: TimeWindow): number =>
  [...contactTimes(deployment, LABEL).values()].filter((atMs) => isWithin(window, atMs)).length;

function targetsFor({ ratePerSecond }: Quota, measured: Measured): readonly Target[] {
  const at = `at ${ratePerSecond}/s`;
  const throttled =
    ratePerSecond < 10
      ? atMost(`throttled answers ${at}`, measured.throttled, 1)
      : atMost(`throttled answers ÷ calls ${at}`, measured.throttledShare, 0.005);
  return [
    atLeast(`use of the quota ${at}`, measured.quotaUse, 0.97),
    throttled,
    atMost(`receives per contact ${at}`, measured.receivesPerContact, 1.1),
    atMost(`DynamoDB writes per contact ${at}`, measured.dynamoWritesPerContact, 2.2),
    atMost(`SQS requests per contact ${at}`, measured.sqsRequestsPerContact, 0.5),
    // Else the workers ran out of work, and the numbers say nothing.
    atLeast(`requests that always waited ${at}`, measured.lowestBacklog, 1),
    atMost(`lines that tell of an error ${at}`, measured.errorLines, 0),
  ];
}
