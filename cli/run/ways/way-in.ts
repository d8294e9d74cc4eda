import type { Operation } from "#shared/contract/operation.ts";

/** How a request came in, beside plain messages; and what people call it. */
export const WAYS_IN = {
  message: "message on a queue",
  event: "event on the bus",
  notification: "SNS notification",
  pointer: "pointer to a payload",
  attachment: "attachment in S3",
} as const;

export type WayIn = keyof typeof WAYS_IN;

/** A request that was sent in a way of its own. */
export interface SentByWay {
  readonly way: WayIn;
  readonly operation: Operation;
  readonly requestId: string;
}
