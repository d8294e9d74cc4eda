import { type EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { nextBatch } from "../outcomes/next-batch.ts";
import type { Outcome } from "../outcomes/outcome.ts";
import { type OutcomeEntry, outcomeEntry } from "../outcomes/outcome-entry.ts";
import type { Outcomes } from "../worker/ports/outcomes.ts";

interface Waiting {
  readonly entry: OutcomeEntry;
  readonly put: () => void;
  readonly failed: (reason: Error) => void;
}

/**
 * The event bus that outcomes are told on. One request at a time: what comes together while one is under way goes into the
 * next. Each outcome has its own answer, so that exactly those that the bus refused are told again.
 */
export class EventBridgeOutcomes implements Outcomes {
  readonly #eventBridge: EventBridgeClient;
  readonly #busName: string;
  #waiting: readonly Waiting[] = [];
  #isPutting = false;

  constructor(eventBridge: EventBridgeClient, busName: string) {
    this.#eventBridge = eventBridge;
    this.#busName = busName;
  }

  async tell(outcome: Outcome): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#waiting = [...this.#waiting, { entry: outcomeEntry(outcome), put: resolve, failed: reject }];
    if (!this.#isPutting) void this.#putAll();
    await promise;
  }

  /** Never rejects: every failure goes to the one who waits for it. */
  async #putAll(): Promise<void> {
    this.#isPutting = true;
    while (this.#waiting.length > 0) {
      // Records that end at the same moment take one request together.
      await Promise.resolve();
      const batch = nextBatch(this.#waiting);
      this.#waiting = this.#waiting.slice(batch.length);
      await this.#put(batch);
    }
    this.#isPutting = false;
  }

  async #put(batch: readonly Waiting[]): Promise<void> {
    try {
      const Entries = batch.map(({ entry }) => ({ ...entry, EventBusName: this.#busName }));
      const answer = await this.#eventBridge.send(new PutEventsCommand({ Entries }));
      for (const [index, { put, failed }] of batch.entries()) {
        // Answers are in the order of the entries; only one with an id was taken.
        const { EventId, ErrorCode } = answer.Entries?.[index] ?? {};
        if (EventId === undefined) failed(notPut(ErrorCode));
        else put();
      }
    } catch (error) {
      for (const { failed } of batch) failed(error instanceof Error ? error : notPut(undefined));
    }
  }
}

const notPut = (code = "no answer"): Error =>
  new Error(`The event bus has not taken an outcome event (${code}). It is told again when its message comes back.`);
