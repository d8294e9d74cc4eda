import { backoffMs } from "#shared/failures/backoff.ts";
import type { OutgoingMessage } from "./batch.ts";

/** What SQS says about one message of a batch. */
export type EntryAnswer =
  | { readonly kind: "sent"; readonly messageId: string }
  | {
      readonly kind: "failed";
      readonly reason: string;
      /** The same message would fail again. */
      readonly isFinal: boolean;
    }
  /** The queue cannot be used: no message of this run is sent any more. */
  | { readonly kind: "no-access"; readonly reason: string };

/** A queue that takes up to ten messages at once. */
export interface BatchQueue {
  /** One answer for each message, in order. Rejects only if no message can be sent at all, now or later. */
  sendBatch(messages: readonly OutgoingMessage[]): Promise<readonly EntryAnswer[]>;
}

/** What time and chance are to the sender. */
export interface Patience {
  /** How often a message is sent before it is given up. */
  readonly tries: number;
  readonly backoff: { readonly baseMs: number; readonly maxMs: number };
  readonly sleep: (ms: number) => Promise<unknown>;
  /** Uniform over [0, 1). */
  readonly random: () => number;
}

/** What became of a message. */
export interface Sending<Message> {
  readonly message: Message;
  readonly answer: EntryAnswer;
}

/**
 * Sends a batch, and sends again, after growing pauses, exactly those messages that failed. Gives one answer for each, in
 * the order of the batch.
 */
export async function sendBatch<Message extends OutgoingMessage>(
  batch: readonly Message[],
  queue: BatchQueue,
  patience: Patience,
): Promise<readonly Sending<Message>[]> {
  const answers: EntryAnswer[] = batch.map(() => NOT_ANSWERED);
  let waiting = [...batch.entries()];
  for (let tries = 1; waiting.length > 0; tries += 1) {
    const given = await queue.sendBatch(waiting.map(([, message]) => message));
    for (const [place, [index]] of waiting.entries()) answers[index] = given[place] ?? NOT_ANSWERED;
    if (tries >= patience.tries) break;
    waiting = waiting.filter(([index]) => mayGoAgain(answers[index]));
    if (waiting.length > 0) await patience.sleep(backoffMs(tries, patience.backoff, patience.random()));
  }
  return batch.map((message, index) => ({ message, answer: answers[index] ?? NOT_ANSWERED }));
}

const mayGoAgain = (answer: EntryAnswer | undefined): boolean => answer?.kind === "failed" && !answer.isFinal;

const NOT_ANSWERED: EntryAnswer = { kind: "failed", reason: "SQS did not say what became of it", isFinal: false };
