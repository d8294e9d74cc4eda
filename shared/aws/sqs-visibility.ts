import { ChangeMessageVisibilityCommand, type SQSClient } from "@aws-sdk/client-sqs";

/** SQS hides a message for at most 12 hours, counted from its receive: a function has at most 15 minutes of them. */
const MAX_SECONDS = 12 * 60 * 60 - 15 * 60;

/** A received message, as its queue knows it. */
export interface ReceivedMessage {
  /** The name of its queue. */
  readonly queue: string;
  readonly receiptHandle: string;
}

/** Decides when a received message shows again in its queue. */
export class SqsVisibility {
  readonly #sqs: SQSClient;
  readonly #urlOfQueue: ReadonlyMap<string, string>;

  constructor(sqs: SQSClient, queueUrls: readonly string[]) {
    this.#sqs = sqs;
    this.#urlOfQueue = new Map(queueUrls.map((url) => [url.slice(url.lastIndexOf("/") + 1), url]));
  }

  /** Shows the message again after the delay, in whole seconds and at most 11 hours and 45 minutes. 0 shows it at once. */
  async showAfter({ queue, receiptHandle }: ReceivedMessage, delayMs: number): Promise<void> {
    const queueUrl = this.#urlOfQueue.get(queue);
    if (queueUrl === undefined) throw new Error(`No URL is known for the queue ${queue}. Add it to SOURCE_QUEUE_URLS.`);
    const seconds = Math.min(Math.ceil(delayMs / 1000), MAX_SECONDS);
    await this.#sqs.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: queueUrl,
        ReceiptHandle: receiptHandle,
        VisibilityTimeout: seconds,
      }),
    );
  }
}
