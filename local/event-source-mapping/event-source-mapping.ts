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

export interface MappingSettings extends BatchSettings {
  /** Where SQS is. */
  readonly endpoint: string;
  readonly reportsBatchItemFailures: boolean;
  /** How many batches may be with the function at once. */
  readonly maximumConcurrency: number;
}

/** Polls a queue and hands its messages to a function, batch by batch, as Lambda's event source mapping does. */
export class EventSourceMapping {
  readonly #settings: MappingSettings;
  readonly #lambda: LambdaFunction;
  readonly #sqs: SQSClient;
  readonly #collector: BatchCollector;
  readonly #slots: Slots;
  readonly #stopping = new AbortController();

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

  start(): void {
    void this.#poll();
  }

  /** No batch is received or handed over any more. Batches under way are not waited for. */
  stop(): void {
    this.#stopping.abort();
    this.#sqs.destroy();
  }

  async #poll(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      try {
        // Room first: a message received without it would wait with its visibility timeout running.
        await this.#slots.acquire();
        await this.#handOverOneBatch(signal);
      } catch (error) {
        this.#slots.release();
        if (signal.aborted) return;
        this.#lambda.log(`The event source mapping of ${this.#settings.queueArn} cannot poll: ${String(error)}`);
        await waitFor(PAUSE_AFTER_ERROR_MS, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  /** The slot goes with the batch, and is free again when the batch is done. */
  async #handOverOneBatch(signal: AbortSignal): Promise<void> {
    await this.#lambda.untilStartable(signal);
    const records = await this.#collector.next(signal);
    void this.#process(records).finally(() => this.#slots.release());
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
