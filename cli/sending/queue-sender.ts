import { Batch, MAX_BYTES, messageBytes, type OutgoingMessage } from "./batch.ts";
import { type BatchQueue, type Patience, type Sending, sendBatch } from "./send-batch.ts";

/** Sends messages to one queue, in as few batches as may be. */
export class QueueSender<Message extends OutgoingMessage> {
  readonly #queue: BatchQueue;
  readonly #patience: Patience;
  readonly #batch = new Batch<Message>();

  constructor(queue: BatchQueue, patience: Patience) {
    this.#queue = queue;
    this.#patience = patience;
  }

  /** Takes a message. Gives what became of those, this one or earlier ones, that this has decided. */
  async add(message: Message): Promise<readonly Sending<Message>[]> {
    const bytes = messageBytes(message);
    if (bytes > MAX_BYTES) return [{ message, answer: { kind: "failed", reason: tooLarge(bytes), isFinal: true } }];
    const full = this.#batch.add(message);
    return full === undefined ? [] : sendBatch(full, this.#queue, this.#patience);
  }

  /** Sends what is left, and gives what became of it. */
  async flush(): Promise<readonly Sending<Message>[]> {
    return sendBatch(this.#batch.take(), this.#queue, this.#patience);
  }
}

const tooLarge = (bytes: number): string =>
  `it has ${bytes} bytes, and SQS takes at most ${MAX_BYTES} (1 MiB). Make it smaller: sending large requests through the payload bucket is not part of this command yet`;
