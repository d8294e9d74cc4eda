import type { Lane } from "../contract/queue-name.ts";

/** A message attribute of SQS. `dataType` may carry a label, as in `Number.int`. */
export type MessageAttribute =
  | { readonly dataType: string; readonly stringValue: string }
  | { readonly dataType: string; readonly binaryValue: Uint8Array };

export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

/** One receive of one SQS message. The same message may be delivered again, also while this delivery is at work. */
export interface Delivery {
  readonly messageId: string;
  /** The body as it came. */
  readonly body: string;
  readonly messageAttributes: MessageAttributes;
  /** The tenant for SQS's fairness, if the sender gave one. */
  readonly groupId?: string;
  /** The name of the queue. */
  readonly queue: string;
  readonly lane: Lane;
  readonly sentAtMs: number;
  readonly firstReceivedAtMs: number;
  /** How often SQS has given the message out, this time included. */
  readonly receiveCount: number;
}
