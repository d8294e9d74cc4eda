import { earliestMs } from "./earliest-ms.ts";
import { staleAtMs } from "./timeliness.ts";
import type { AcceptedWork } from "./work.ts";

/**
 * SQS hides a message for at most 12 hours, and counts from its receive: the last hour is for what was before this
 * moment. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html
 */
const LONGEST_WAIT_MS = 11 * 60 * 60 * 1_000;

/**
 * For how long a message whose request must not be sent yet goes back to its queue; nothing if it may be sent now. It
 * comes back sooner where it must wait longer than SQS hides it, and before it is stale.
 */
export function notYet({ accepted, delivery, worker }: AcceptedWork): number | undefined {
  const nowMs = worker.clock.now();
  const dueMs = earliestMs(accepted, nowMs);
  if (dueMs <= nowMs) return undefined;
  const leftMs = Math.max(0, staleAtMs(delivery, worker.settings) - nowMs);
  return Math.min(dueMs - nowMs, LONGEST_WAIT_MS, leftMs);
}
