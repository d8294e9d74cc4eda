import { backoffMs } from "#shared/failures/backoff.ts";
import type { OutgoingMessage } from "./outgoing-message.ts";

/** What became of one message. */
export type EntryAnswer =
  | { readonly kind: "sent"; readonly messageId: string }
  | {
      readonly kind: "failed";
      /** For people. Says nothing of the message's content. */
      readonly reason: string;
      /** The same message would fail again. */
      readonly isFinal: boolean;
      /** What the call to AWS was rejected with, where it was. */
      readonly error?: unknown;
    };

/** A queue that takes up to ten messages at once. */
export interface BatchQueue {
  /** One answer for each message, in order. Rejects only for a bug. */
  sendBatch(messages: readonly OutgoingMessage[], signal: AbortSignal): Promise<readonly EntryAnswer[]>;
}

/** What time and chance are to the sender. */
export interface Patience {
  /** How often a message is sent before it is given up. */
  readonly tries: number;
  readonly backoff: { readonly baseMs: number; readonly maxMs: number };
  /** Rejects when the signal is aborted meanwhile. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<unknown>;
  /** Uniform over [0, 1). */
  readonly random: () => number;
}

export interface Resending {
  readonly queue: BatchQueue;
  readonly patience: Patience;
  /** Ends the pauses, and with them the tries. */
  readonly signal: AbortSignal;
}

/**
 * Sends a batch, and sends again, after growing pauses, exactly those messages that failed. Gives one answer for each, in
 * the order of the batch.
 */
export async function sendBatch(
  batch: readonly OutgoingMessage[],
  { queue, patience, signal }: Resending,
): Promise<readonly EntryAnswer[]> {
  const answers: EntryAnswer[] = batch.map(() => NOT_ANSWERED);
  let waiting = [...batch.entries()];
  for (let tries = 1; waiting.length > 0; tries += 1) {
    const given = await queue.sendBatch(
      waiting.map(([, message]) => message),
      signal,
    );
    for (const [place, [index]] of waiting.entries()) answers[index] = given[place] ?? NOT_ANSWERED;
    waiting = waiting.filter(([index]) => mayGoAgain(answers[index]));
    if (tries >= patience.tries || waiting.length === 0) break;
    await patience.sleep(backoffMs(tries, patience.backoff, patience.random()), signal).catch(ignoreAbort(signal));
    if (signal.aborted) break;
  }
  return answers;
}

const mayGoAgain = (answer: EntryAnswer | undefined): boolean => answer?.kind === "failed" && !answer.isFinal;

const ignoreAbort =
  (signal: AbortSignal) =>
  (error: unknown): void => {
    if (!signal.aborted) throw error;
  };

const NOT_ANSWERED: EntryAnswer = { kind: "failed", reason: "SQS did not say what became of it", isFinal: false };
