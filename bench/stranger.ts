import { setTimeout as sleep } from "node:timers/promises";
import { seededRandom } from "#local/connect-emulator/seeded-random.ts";
import { poissonArrivals } from "./arithmetic/poisson-arrivals.ts";
import { ratio } from "./arithmetic/ratio.ts";
import { recoveredAfterMs } from "./arithmetic/recovered-after-ms.ts";
import { tally } from "./arithmetic/tally.ts";
import { isWithin, secondsOf, type TimeWindow } from "./arithmetic/time-window.ts";
import type { BenchRun } from "./bench-run.ts";
import type { Quota } from "./quota-of-connect.ts";
import type { Findings } from "./report/findings.ts";
import { atMost, type Target } from "./report/target.ts";
import { Backlog } from "./system/backlog.ts";
import { BENCH, STRANGER } from "./system/callers.ts";
import { contactTimes } from "./system/contact-times.ts";
import { CONNECT_DELAYS_MS, type Deployment } from "./system/deployment.ts";
import { RequestQueue } from "./system/request-queue.ts";
import { Stranger } from "./system/stranger.ts";
import { synthesize } from "./system/synthesize.ts";
import { warmUp } from "./system/warm-up.ts";
import { withAssembly } from "./system/with-assembly.ts";
import { withDeployment } from "./system/with-deployment.ts";

// What if somebody else in the account calls the same API, and then stops?

const QUOTAS: readonly Quota[] = [
  { ratePerSecond: 20, burst: 20 },
  { ratePerSecond: 2, burst: 5 },
];

const OURS = "ours";

interface Lengths {
  /** Without the stranger, until the burst is spent and the rate is steady. */
  readonly before: number;
  readonly beside: number;
  readonly after: number;
}

const QUICK: Lengths = { before: 5, beside: 15, after: 20 };
const FULL: Lengths = { before: 15, beside: 60, after: 40 };

/** Saturated work, then a stranger beside it that takes half of the quota, and then what comes after. */
export async function stranger(run: BenchRun): Promise<Findings> {
  const seconds = run.quick ? QUICK : FULL;
  const measured: Measured[] = [];
  const targets: Target[] = [];
  for (const quota of QUOTAS) {
    run.tell(`${quota.ratePerSecond}/s: a stranger for ${seconds.beside} s …`);
    const { signal } = run;
    const assembly = synthesize({ quota, settings: { backfillEnabled: false }, signal });
    const measurement = await withAssembly(assembly, async (made) =>
      withDeployment(made, run.seed, async (deployment) => measure(deployment, seconds, run)),
    );
    measured.push(measurement);
    targets.push(...targetsFor(quota, measurement));
  }
  const conditions = {
    seconds,
    strangerTakes: "half of the rate, at random moments",
    connectDelaysMs: CONNECT_DELAYS_MS,
  };
  return { conditions, measurements: { "with a stranger": measured }, targets, skipped: run.quick ? [TOO_SHORT] : [] };
}

const TOO_SHORT = `A quick run sees no recovery that takes longer than ${QUICK.after} s after the stranger has stopped.`;

type Measured = Awaited<ReturnType<typeof measure>>;

async function measure(deployment: Deployment, seconds: Lengths, { seed, signal }: BenchRun) {
  const { quota } = deployment;
  const warming = new RequestQueue(deployment, "live", "warm-up");
  await warmUp(deployment, [warming, warming], signal);
  const backlog = new Backlog(new RequestQueue(deployment, "live", OURS), quota);
  const phase = async (length: number): Promise<TimeWindow> => {
    const fromMs = Date.now();
    await sleep(1000 * length, undefined, { signal });
    return { fromMs, toMs: Date.now() };
  };
  await backlog.start();
  await phase(seconds.before);
  const theirRate = quota.ratePerSecond / 2;
  // More than the minute has: it is stopped.
  const arrivals = poissonArrivals(2 * theirRate * seconds.beside, theirRate, seededRandom(seed, "stranger"));
  const other = new Stranger(deployment, arrivals);
  other.start();
  const beside = await phase(seconds.beside).finally(() => other.stop());
  const after = await phase(seconds.after);
  await backlog.stop();
  return { name: nameOf(quota), ...besideStranger(deployment, beside), ...afterStranger(deployment, after) };
}

const nameOf = ({ ratePerSecond, burst }: Quota): string => `${ratePerSecond}/s, burst ${burst}`;

function besideStranger(deployment: Deployment, window: TimeWindow) {
  const ours = tally(deployment.requests.withoutCallers(BENCH, STRANGER), window);
  const theirs = tally(deployment.requests.of(STRANGER), window);
  const contactsOf = (label: string) =>
    [...contactTimes(deployment, label).values()].filter((atMs) => isWithin(window, atMs)).length;
  const [contacts, strangerContacts] = [contactsOf(OURS), contactsOf(STRANGER)];
  const left = deployment.quota.ratePerSecond * secondsOf(window) - strangerContacts;
  return {
    calls: ours.calls,
    throttled: ours.throttled,
    throttledShare: ratio(ours.throttled, ours.calls),
    contacts,
    useOfWhatIsLeft: ratio(contacts, left),
    strangerCalls: theirs.calls,
    strangerContacts,
    strangerThrottledShare: ratio(theirs.throttled, theirs.calls),
  };
}

function afterStranger(deployment: Deployment, window: TimeWindow) {
  const contactsAtMs = [...contactTimes(deployment, OURS).values()];
  const { ratePerSecond } = deployment.quota;
  const afterMs = recoveredAfterMs({ contactsAtMs, ratePerSecond, fromMs: window.fromMs, untilMs: window.toMs });
  const throttledAfter = tally(deployment.requests.withoutCallers(BENCH, STRANGER), window).throttled;
  return {
    recoveredAfterSeconds: afterMs === null ? null : afterMs / 1000,
    throttledAfter,
    errorLines: deployment.errorLines.length,
  };
}

function targetsFor(quota: Quota, measured: Measured): readonly Target[] {
  const at = `at ${quota.ratePerSecond}/s`;
  return [
    quota.ratePerSecond < 10
      ? atMost(`throttled answers ${at}`, measured.throttled, 10)
      : atMost(`throttled answers ÷ calls ${at}`, measured.throttledShare, 0.05),
    atMost(`seconds until the rate is back ${at}`, measured.recoveredAfterSeconds, 30),
    atMost(`lines that tell of an error ${at}`, measured.errorLines, 0),
  ];
}
