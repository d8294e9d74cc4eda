import { setTimeout as sleep } from "node:timers/promises";
import { seededRandom } from "#local/connect-emulator/seeded-random.ts";
import { costPerContact } from "./arithmetic/cost-per-contact.ts";
import { percentile } from "./arithmetic/percentile.ts";
import { poissonArrivals } from "./arithmetic/poisson-arrivals.ts";
import { ratio } from "./arithmetic/ratio.ts";
import { tally } from "./arithmetic/tally.ts";
import { isWithin, secondsOf, type TimeWindow } from "./arithmetic/time-window.ts";
import { RepeatedFeeding } from "./backfill/repeated-feeding.ts";
import type { BenchRun } from "./bench-run.ts";
import type { Findings } from "./report/findings.ts";
import { atLeast, atMost, type Target } from "./report/target.ts";
import { Backlog } from "./system/backlog.ts";
import { BENCH } from "./system/callers.ts";
import { contactTimes } from "./system/contact-times.ts";
import { CONNECT_DELAYS_MS, type Deployment } from "./system/deployment.ts";
import { RequestQueue } from "./system/request-queue.ts";
import { type Latencies, sendAtMoments } from "./system/send-at-moments.ts";
import { synthesize } from "./system/synthesize.ts";
import { warmUp } from "./system/warm-up.ts";
import { withAssembly } from "./system/with-assembly.ts";
import { withDeployment } from "./system/with-deployment.ts";

// Does a live request wait for a backlog of backfill requests, and does the backfill use what live leaves?

const QUOTA = { ratePerSecond: 20, burst: 20 };

/** A tenth of the quota, as the arrivals of people are: at random. */
const LIVE_PER_SECOND = QUOTA.ratePerSecond / 10;

const SLOT_MS = 1000 / QUOTA.ratePerSecond;

const BACKFILL = "backfill";
const LIVE_BESIDE = "live-beside";

const BURST_IS_SPENT_MS = 3000;

/**
 * Live requests alone; then a backlog alone; then both; then live requests while files are fed. The live requests come at
 * the same moments each time.
 */
export async function lanes(run: BenchRun): Promise<Findings> {
  const lengths = run.quick ? QUICK : FULL;
  const assembly = synthesize({ quota: QUOTA, settings: { backfillEnabled: true }, signal: run.signal });
  const measured = await withAssembly(assembly, async (made) =>
    withDeployment(made, run.seed, async (deployment) => measure(deployment, lengths, run)),
  );
  const { without, beside, feeding, alone, both, ...quality } = measured;
  return {
    conditions: {
      quota: QUOTA,
      livePerSecond: LIVE_PER_SECOND,
      ...lengths,
      connectDelaysMs: CONNECT_DELAYS_MS,
      ...quality,
    },
    measurements: {
      "live: milliseconds from send to contact": [
        latencyRow("without a backlog", without),
        latencyRow("with a backlog", beside),
        latencyRow("with a backlog, and files being fed", feeding),
      ],
      "backfill: use of the quota that is left": [alone, both],
    },
    targets: targetsFor(measured),
    skipped: [],
  };
}

interface Lengths {
  readonly liveRequests: number;
  /** How long the backfill runs alone. */
  readonly aloneSeconds: number;
}

const QUICK: Lengths = { liveRequests: 60, aloneSeconds: 10 };
const FULL: Lengths = { liveRequests: 500, aloneSeconds: 60 };

type Measured = Awaited<ReturnType<typeof measure>>;

async function measure(deployment: Deployment, { liveRequests, aloneSeconds }: Lengths, run: BenchRun) {
  const { signal } = run;
  const live = (label: string) => new RequestQueue(deployment, "live", label);
  const backfill = (label: string) => new RequestQueue(deployment, "backfill", label);
  const [one, other] = [live("warm-up-live"), backfill("warm-up-backfill")];
  await warmUp(deployment, [one, one, other, other], signal);

  const moments = poissonArrivals(liveRequests, LIVE_PER_SECOND, seededRandom(run.seed, "live arrivals"));
  run.tell(`${liveRequests} live requests without a backlog …`);
  const without = await sendAtMoments(deployment, live("live-alone"), { moments, signal });
  run.tell(`A backfill alone, ${aloneSeconds} s …`);
  const backlog = new Backlog(backfill(BACKFILL), QUOTA);
  await backlog.start();
  const alone = await backfillAlone(deployment, aloneSeconds, signal);
  run.tell(`${liveRequests} live requests with a standing backlog …`);
  const beside = await sendAtMoments(deployment, live(LIVE_BESIDE), { moments, signal });
  await backlog.stop();
  const both = backfillBeside(deployment, beside.window);
  run.tell(`${liveRequests} live requests while files are fed …`);
  const files = new RepeatedFeeding(deployment, signal);
  files.start();
  const feeding = await sendAtMoments(deployment, live("live-feeding"), { moments, signal });
  await files.stop();
  const errorLines = deployment.errorLines.length;
  return { without, beside, feeding, alone, both, lowestBacklog: backlog.lowest, filesFed: files.files, errorLines };
}

/** The first seconds, with the burst, are not counted. */
async function backfillAlone(deployment: Deployment, seconds: number, signal: AbortSignal) {
  await sleep(BURST_IS_SPENT_MS, undefined, { signal });
  const fromMs = Date.now();
  const window = { fromMs, toMs: fromMs + 1000 * seconds };
  await sleep(1000 * seconds, undefined, { signal });
  return { name: "alone", ...backfillIn(deployment, window, 0), ...costsIn(deployment, window) };
}

/** A request of the API is not known to be for one lane or the other: the cost of both is per contact of both. */
function backfillBeside(deployment: Deployment, window: TimeWindow) {
  const liveContacts = timesIn(deployment, LIVE_BESIDE, window).length;
  return { name: "beside live", ...backfillIn(deployment, window, liveContacts), ...costsIn(deployment, window) };
}

/** The burst is spent before the window begins, so that in `t` seconds there are rate · t contacts for both lanes together. */
function backfillIn(deployment: Deployment, window: TimeWindow, liveContacts: number) {
  const contacts = timesIn(deployment, BACKFILL, window).length;
  const left = QUOTA.ratePerSecond * secondsOf(window) - liveContacts;
  return { seconds: secondsOf(window), liveContacts, contacts, useOfWhatIsLeft: ratio(contacts, left) };
}

function costsIn(deployment: Deployment, window: TimeWindow) {
  const counts = tally(deployment.requests.withoutCallers(BENCH), window);
  const contacts = deployment.system.connect.contacts().filter(({ at }) => isWithin(window, Date.parse(at))).length;
  return { throttledShare: ratio(counts.throttled, counts.calls), ...costPerContact(counts, contacts) };
}

const timesIn = (deployment: Deployment, label: string, window: TimeWindow): readonly number[] =>
  [...contactTimes(deployment, label).values()].filter((atMs) => isWithin(window, atMs));

const latencyRow = (name: string, { latenciesMs, missing }: Latencies) => ({
  name,
  requests: latenciesMs.length + missing,
  missing,
  p50Ms: percentile(latenciesMs, 0.5),
  p99Ms: percentile(latenciesMs, 0.99),
  maxMs: percentile(latenciesMs, 1),
});

function targetsFor({ without, beside, feeding, alone, both, ...quality }: Measured): readonly Target[] {
  const mostMs = (percentile(without.latenciesMs, 0.99) ?? 0) + Math.max(3 * SLOT_MS, 400);
  return [
    atMost("live p99 with a backlog, ms (p99 without + 400)", percentile(beside.latenciesMs, 0.99), mostMs),
    atMost("live p99 while files are fed, ms (the same)", percentile(feeding.latenciesMs, 0.99), mostMs),
    atMost("live requests without a contact", without.missing + beside.missing + feeding.missing, 0),
    atLeast("backfill's use of what live leaves", both.useOfWhatIsLeft, 0.95),
    atMost("DynamoDB writes per contact of a backfill", alone.dynamoWritesPerContact, 3.2),
    atMost("SQS requests per contact of a backfill", alone.sqsRequestsPerContact, 0.5),
    // Else the workers ran out of backfill requests, and the numbers say nothing.
    atLeast("backfill requests that always waited", quality.lowestBacklog, 1),
    atLeast("files that were fed beside live requests", quality.filesFed, 1),
    atMost("lines that tell of an error", quality.errorLines, 0),
  ];
}
