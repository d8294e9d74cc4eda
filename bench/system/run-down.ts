import { setTimeout as sleep } from "node:timers/promises";
import type { Deployment } from "./deployment.ts";
import type { RequestQueue } from "./request-queue.ts";

const LOOK_EVERY_MS = 100;

/**
 * Takes away what waits in the queue, and resolves when the workers have ended what they hold: then everything that was
 * received has become a contact, or was received in vain.
 */
export async function runDown({ system }: Deployment, queue: RequestQueue, signal: AbortSignal): Promise<void> {
  await queue.purge();
  while (system.functionProcesses().some(({ busy }) => busy)) {
    await sleep(LOOK_EVERY_MS, undefined, { signal });
  }
}
