import { setTimeout as waitFor } from "node:timers/promises";
import { DeleteMessageBatchCommand, SQSClient } from "@aws-sdk/client-sqs";
import { functionCredentials } from "../lambda/function-credentials.ts";
import type { LambdaFunction } from "../lambda/lambda-function.ts";
import { Slots } from "../slots.ts";
import { BatchCollector, type BatchSettings } from "./batch-collector.ts";
import { messagesToDelete } from "./messages-to-delete.ts";
import type { SqsRecord } from "./sqs-record.ts";

/** SQS deletes at most this many in one request. */
const MOST_MESSAGES_OF_A_DELETE = 10;

/** How long polling rests after a request to SQS went wrong, for example since somebody deleted the queue. */
const PAUSE_AFTER_ERROR_MS = 1000;

/** How often a mapping that is being disabled ends its long poll: a poll that was on its way may begin to wait later. */
const END_POLL_EVERY_MS = 50;

/** As Lambda names it. A change to `Enabled` takes no time here. */
export type MappingState = "Enabled" | "Disabling" | "Disabled";

export interface MappingSettings extends BatchSettings {
  /** Where SQS is. */
  readonly endpoint: string;
  readonly reportsBatchItemFailures: boolean;
  /** How many batches may be with the function at once. */
  readonly maximumConcurrency: number;
  /** Answers the long polls of the queue that wait at this moment, empty. */
  readonly endLongPolls: () => void;
}

/** Polls a queue and hands its messages to a function, batch by batch, as Lambda's event source mapping does. */
export class EventSourceMapping {
  readonly #settings: MappingSettings;
  readonly #lambda: LambdaFunction;
  readonly #sqs: SQSClient;
  readonly #collector: BatchCollector;
  readonly #slots: Slots;
  readonly #stopping = new AbortController();
  #isEnabled = false;
  #isLooping = false;
  #isReceiving = false;
  #changedAtMs = Date.now();

  constructor(settings: MappingSettings, lambda: LambdaFunction) {
    this.#settings = settings;
    this.#lambda = lambda;
    this.#sqs = new SQSClient({
      endpoint: settings.endpoint,
      region: settings.region,
      // Lambda receives and deletes under the function's role.
      credentials: functionCredentials(lambda.configuration.functionArn),
    });
    this.#collector = new BatchCollector(this.#sqs, settings);
    this.#slots = new Slots(settings.maximumConcurrency);
  }

  /** `Disabled` promises that nothing is received any more; batches that were received before may be at work still. */
  get state(): MappingState {
    if (this.#isEnabled) return "Enabled";
    return this.#isReceiving || this.#collector.holdsMessages ? "Disabling" : "Disabled";
  }

  /** Epoch milliseconds of the last change between enabled and disabled. */
  get changedAtMs(): number {
    return this.#changedAtMs;
  }

  start(): void {
    this.#isEnabled = true;
    this.#changedAtMs = Date.now();
    if (!this.#isLooping) void this.#poll();
  }

  /** What a poll under way brings is still handed over, since its messages are hidden from everybody else. */
  disable(): void {
    this.#isEnabled = false;
    this.#changedAtMs = Date.now();
    void this.#endPolls();
  }

  /** No batch is received or handed over any more. Batches under way are not waited for. */
  stop(): void {
    this.#stopping.abort();
    this.#sqs.destroy();
  }

  async #endPolls(): Promise<void> {
    while (this.state === "Disabling" && !this.#stopping.signal.aborted) {
      this.#settings.endLongPolls();
      await waitFor(END_POLL_EVERY_MS, undefined, { ref: false });
    }
  }

  #mayReceive(): boolean {
    return !this.#stopping.signal.aborted && (this.#isEnabled || this.#collector.holdsMessages);
  }

  async #poll(): Promise<void> {
    this.#isLooping = true;
    while (this.#mayReceive()) await this.#pollOnce();
    this.#isLooping = false;
  }

  async #pollOnce(): Promise<void> {
    const { signal } = this.#stopping;
    try {
      // Room first: a message received without it would wait with its visibility timeout running.
      await this.#slots.acquire();
      await this.#lambda.untilStartable(signal);
      // It may have been disabled meanwhile.
      if (this.#mayReceive()) await this.#handOverOneBatch(signal);
      else this.#slots.release();
    } catch (error) {
      this.#slots.release();
      if (signal.aborted) return;
      this.#lambda.log(`The event source mapping of ${this.#settings.queueArn} cannot poll: ${String(error)}`);
      await waitFor(PAUSE_AFTER_ERROR_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  /** The slot goes with the batch, and is free again when the batch is done. */
  async #handOverOneBatch(signal: AbortSignal): Promise<void> {
    const records = await this.#receive(signal);
    void this.#process(records).finally(() => this.#slots.release());
  }

  async #receive(signal: AbortSignal): Promise<readonly SqsRecord[]> {
    this.#isReceiving = true;
    try {
      return await this.#collector.next(signal);
    } finally {
      this.#isReceiving = false;
    }
  }

  async #process(records: readonly SqsRecord[]): Promise<void> {
    if (records.length === 0) return;
    const outcome = await this.#lambda.invoke({ Records: records });
    const done = messagesToDelete(
      records.map(({ messageId }) => messageId),
      outcome,
      this.#settings,
    );
    const doneRecords = records.filter(({ messageId }) => done.includes(messageId));
    await this.#delete(doneRecords).catch((error: unknown) => {
      if (this.#stopping.signal.aborted) return;
      this.#lambda.log(
        `The event source mapping of ${this.#settings.queueArn} cannot delete messages: ${String(error)}`,
      );
    });
  }

  async #delete(records: readonly SqsRecord[]): Promise<void> {
    for (let start = 0; start < records.length; start += MOST_MESSAGES_OF_A_DELETE) {
      const chunk = records.slice(start, start + MOST_MESSAGES_OF_A_DELETE);
      const Entries = chunk.map(({ receiptHandle }, index) => ({ Id: String(index), ReceiptHandle: receiptHandle }));
      await this.#sqs.send(new DeleteMessageBatchCommand({ QueueUrl: this.#settings.queueUrl, Entries }));
    }
  }
}
