import { messageBytes, type OutgoingMessage } from "./outgoing-message.ts";

// The limits of SendMessageBatch: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html
const MAX_MESSAGES = 10;

/** What one message, and one batch, may have, attributes included. */
export const MAX_BYTES = 1_048_576;

/** The batch that is being filled. Every message given to it comes out once, in order. */
export class Batch<Message extends OutgoingMessage> {
  #messages: Message[] = [];
  #bytes = 0;

  /**
   * Takes a message of at most MAX_BYTES. Gives the batch that must leave now, if there is one: it is full, or has no room for this
   * message, which then begins the next.
   */
  add(message: Message): readonly Message[] | undefined {
    const bytes = messageBytes(message);
    const left = this.#bytes + bytes > MAX_BYTES ? this.take() : undefined;
    this.#messages.push(message);
    this.#bytes += bytes;
    if (left !== undefined) return left;
    return this.#messages.length === MAX_MESSAGES ? this.take() : undefined;
  }

  /** The message that has waited longest in it. */
  get first(): Message | undefined {
    return this.#messages[0];
  }

  /** What has been gathered so far, perhaps nothing. The batch is empty afterwards. */
  take(): readonly Message[] {
    const messages = this.#messages;
    this.#messages = [];
    this.#bytes = 0;
    return messages;
  }
}
