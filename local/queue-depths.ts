import type { Fauxqs } from "./fauxqs/start-fauxqs.ts";

export interface QueueDepth {
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
}

/** How many messages each queue holds at this moment, by queue name. Nothing is received by asking. */
export function queueDepths(sqsStore: Fauxqs["sqsStore"]): Record<string, QueueDepth> {
  // A message whose time has come is moved only when somebody looks.
  sqsStore.processAllTimers();
  return Object.fromEntries(
    [...sqsStore.allQueues()].map((queue) => [
      queue.name,
      {
        visible: Number(queue.getAttribute("ApproximateNumberOfMessages")),
        inFlight: Number(queue.getAttribute("ApproximateNumberOfMessagesNotVisible")),
        delayed: Number(queue.getAttribute("ApproximateNumberOfMessagesDelayed")),
      },
    ]),
  );
}
