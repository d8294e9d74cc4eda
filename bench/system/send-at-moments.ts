import { setTimeout as sleep } from "node:timers/promises";
import type { TimeWindow } from "../arithmetic/time-window.ts";
import { contactTimes } from "./contact-times.ts";
import type { Deployment } from "./deployment.ts";
import type { RequestQueue } from "./request-queue.ts";

const LOOK_EVERY_MS = 500;

/** A live request that has no contact so long after the last was sent is missing. */
const PATIENCE_MS = 60_000;

export interface Latencies {
  /** From the return of SendMessage to the contact, in the order of the contacts. */
  readonly latenciesMs: readonly number[];
  /** Requests that became no contact. */
  readonly missing: number;
  /** From the start to the last moment of sending. */
  readonly window: TimeWindow;
}

interface Sending {
  /** Milliseconds from now, in order. */
  readonly moments: readonly number[];
  readonly signal: AbortSignal;
}

/** Sends a request at each moment, whatever became of those before, and waits for the contacts. */
export async function sendAtMoments(
  deployment: Deployment,
  queue: RequestQueue,
  { moments, signal }: Sending,
): Promise<Latencies> {
  const sentAtMs = new Map<string, number>();
  const failures: unknown[] = [];
  const fromMs = Date.now();
  const sends: Promise<void>[] = [];
  for (const moment of moments) {
    await sleep(Math.max(0, fromMs + moment - Date.now()), undefined, { signal });
    const sent = queue.send().then(
      (requestId) => void sentAtMs.set(requestId, Date.now()),
      (error: unknown) => void failures.push(error),
    );
    sends.push(sent);
  }
  const window = { fromMs, toMs: Date.now() };
  await Promise.all(sends);
  if (failures.length > 0) throw new Error("SQS did not take a live request.", { cause: failures[0] });
  const latenciesMs = await latenciesOf(sentAtMs, deployment, { label: queue.label, signal });
  return { latenciesMs, missing: sentAtMs.size - latenciesMs.length, window };
}

async function latenciesOf(
  sentAtMs: ReadonlyMap<string, number>,
  deployment: Deployment,
  { label, signal }: { readonly label: string; readonly signal: AbortSignal },
): Promise<readonly number[]> {
  const giveUpAtMs = performance.now() + PATIENCE_MS;
  for (;;) {
    const made = [...contactTimes(deployment, label)];
    if (made.length >= sentAtMs.size || performance.now() > giveUpAtMs) {
      return made.map(([name, atMs]) => atMs - (sentAtMs.get(name) ?? Number.NaN));
    }
    await sleep(LOOK_EVERY_MS, undefined, { signal });
  }
}
