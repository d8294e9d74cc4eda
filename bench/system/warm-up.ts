import { setTimeout as sleep } from "node:timers/promises";
import type { Deployment } from "./deployment.ts";
import type { RequestQueue } from "./request-queue.ts";

/** While the processes start, Connect refuses nobody: a refusal would keep its message away for minutes. */
const NO_LIMIT = { ratePerSecond: 1_000, burst: 1_000 };

/** Long enough for a poll to take each message on its own, and shorter than a process takes to start. */
const BETWEEN_MESSAGES_MS = 40;

const LOOK_EVERY_MS = 100;
const MOST_ROUNDS = 20;
const PATIENCE_MS = 60_000;
const MARGIN_MS = 500;

/**
 * Has as many function processes start as queues are given (one queue may be given several times), waits until they have
 * nothing to do, and then until every bucket is full: Connect's, and whatever the callers keep for themselves.
 */
export async function warmUp(
  deployment: Deployment,
  queues: readonly RequestQueue[],
  signal: AbortSignal,
): Promise<void> {
  const { system, quota } = deployment;
  system.connect.configure({ quota: { CreateContact: NO_LIMIT } });
  for (let round = 0; system.functionProcesses().length < queues.length; round += 1) {
    if (round === MOST_ROUNDS)
      throw new Error(`No ${queues.length} processes start. ${deployment.errorLines[0] ?? ""}`);
    for (const queue of queues) {
      await queue.send();
      await sleep(BETWEEN_MESSAGES_MS, undefined, { signal });
    }
  }
  await untilEmpty(queues, signal);
  // Connect's bucket is full again with the new quota.
  system.connect.configure({ quota: { CreateContact: quota } });
  await sleep((1000 * quota.burst) / quota.ratePerSecond + MARGIN_MS, undefined, { signal });
}

async function untilEmpty(queues: readonly RequestQueue[], signal: AbortSignal): Promise<void> {
  const giveUpAtMs = performance.now() + PATIENCE_MS;
  while (queues.some((queue) => waiting(queue) > 0)) {
    if (performance.now() > giveUpAtMs) throw new Error("The requests of the warm-up do not end within a minute.");
    await sleep(LOOK_EVERY_MS, undefined, { signal });
  }
}

function waiting(queue: RequestQueue): number {
  const { visible, inFlight, delayed } = queue.depth();
  return visible + inFlight + delayed;
}
