import type { Fauxqs } from "./fauxqs/start-fauxqs.ts";

/**
 * Makes every message that is hidden visible at once, whoever is at work on it or has asked for a delay: SQS may deliver
 * a message again at any moment, and tests need not wait for that.
 */
export function showMessagesInFlight(sqsStore: Fauxqs["sqsStore"]): void {
  for (const queue of sqsStore.allQueues()) {
    for (const receiptHandle of [...queue.inflightMessages.keys()]) queue.changeVisibility(receiptHandle, 0);
  }
}
