import { type Message, ReceiveMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { type SqsRecord, sqsRecord } from "./sqs-record.ts";

/** Lambda takes 6 MB of event for a synchronous invocation. */
const LARGEST_EVENT_BYTES = 6 * 1024 * 1024;

/** What `{"Records":[…]}` adds around the records. */
const ENVELOPE_BYTES = 32;

const LONGEST_POLL_SECONDS = 20;

const MOST_MESSAGES_OF_A_RECEIVE = 10;

export interface BatchSettings {
  readonly queueUrl: string;
  readonly queueArn: string;
  readonly region: string;
  readonly batchSize: number;
  readonly batchingWindowMs: number;
}

/**
 * Gathers the messages of one invocation: it ends when the batch is full, when the window that opened with the first
 * message has passed, or when the event would be too large. What no longer fits begins the next batch.
 */
export class BatchCollector {
  readonly #sqs: SQSClient;
  readonly #settings: BatchSettings;
  #overflow: SqsRecord[] = [];

  constructor(sqs: SQSClient, settings: BatchSettings) {
    this.#sqs = sqs;
    this.#settings = settings;
  }

  /** Whether messages have been received that wait for the next batch. */
  get holdsMessages(): boolean {
    return this.#overflow.length > 0;
  }

  /** The next batch; empty if no message came during one long poll. Rejects when aborted. */
  async next(signal: AbortSignal): Promise<readonly SqsRecord[]> {
    const { batchSize, batchingWindowMs } = this.#settings;
    const records =
      this.#overflow.length > 0 ? this.#overflow : await this.#receive(batchSize, LONGEST_POLL_SECONDS, signal);
    this.#overflow = [];

    const windowEnds = performance.now() + batchingWindowMs;
    for (;;) {
      const room = batchSize - records.length;
      const leftMs = windowEnds - performance.now();
      if (records.length === 0 || room === 0 || leftMs <= 0 || fitting(records) < records.length) break;
      // SQS takes whole seconds; the local one also takes a part of one, which lets the window end when it should.
      records.push(...(await this.#receive(room, Math.min(leftMs / 1000, LONGEST_POLL_SECONDS), signal)));
    }
    const fits = fitting(records);
    this.#overflow = records.slice(fits);
    return records.slice(0, fits);
  }

  async #receive(most: number, waitSeconds: number, abortSignal: AbortSignal): Promise<SqsRecord[]> {
    const command = new ReceiveMessageCommand({
      QueueUrl: this.#settings.queueUrl,
      MaxNumberOfMessages: Math.min(most, MOST_MESSAGES_OF_A_RECEIVE),
      WaitTimeSeconds: waitSeconds,
      MessageSystemAttributeNames: ["All"],
      MessageAttributeNames: ["All"],
    });
    const { Messages = [] } = await this.#sqs.send(command, { abortSignal });
    return Messages.map((message: Message) => sqsRecord(message, this.#settings));
  }
}

/** How many of the records one event holds; at least one, since a single message is never too large. */
function fitting(records: readonly SqsRecord[]): number {
  let bytes = ENVELOPE_BYTES;
  const first = records.findIndex((record) => {
    bytes += Buffer.byteLength(JSON.stringify(record)) + 1;
    return bytes > LARGEST_EVENT_BYTES;
  });
  return first === -1 ? records.length : Math.max(first, 1);
}
