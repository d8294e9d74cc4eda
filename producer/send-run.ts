import type { Operation } from "#shared/contract/operation.ts";
import { Batch } from "./batch.ts";
import { Bell } from "./bell.ts";
import { fitIntoSqs, type Offloading } from "./fit-into-sqs.ts";
import type { OutgoingMessage } from "./outgoing-message.ts";
import { type BatchQueue, type EntryAnswer, type Patience, sendBatch } from "./send-batch.ts";

/** A message for the queue of an operation, or what is decided about it already. `tag` comes back with its answer. */
export type Assignment<Tag, Decided = never> =
  | { readonly tag: Tag; readonly operation: Operation; readonly message: OutgoingMessage }
  | { readonly tag: Tag; readonly decided: Decided };

/** What became of an assignment. */
export interface Sending<Tag, Decided = never> {
  readonly tag: Tag;
  readonly answer: EntryAnswer | Decided;
}

export interface SendRunOptions extends Offloading {
  readonly queueOf: (operation: Operation) => BatchQueue;
  readonly patience: Patience;
  /** How many assignments are read that are not given out yet: what the run holds. */
  readonly readAhead?: number;
  /** How many batches are under way at once. */
  readonly parallelBatches?: number;
  /** How long what is gathered waits while the source gives nothing. */
  readonly lingerMs?: number;
  /** Ends the run. */
  readonly signal?: AbortSignal;
}

interface Slot<Tag, Decided> {
  readonly tag: Tag;
  answer?: EntryAnswer | Decided;
}

interface Seated<Tag, Decided> extends OutgoingMessage {
  readonly slot: Slot<Tag, Decided>;
}

/**
 * Sends what one source gives, in as few batches as may be. Every assignment that is read is answered once, in order. A body
 * is held until its message is answered, and no longer.
 */
export class SendRun<Tag, Decided = never> {
  readonly #options: SendRunOptions & Required<Pick<SendRunOptions, "readAhead" | "parallelBatches" | "lingerMs">>;
  /** What is read and not given out, in order. */
  readonly #slots: Slot<Tag, Decided>[] = [];
  readonly #batches = new Map<Operation, Batch<Seated<Tag, Decided>>>();
  readonly #bell = new Bell();
  readonly #ending = new AbortController();
  #batchesUnderWay = 0;
  #isReading = false;
  #sourceIsDone = false;
  #sourceIsSlow = false;
  /** One for the whole run: a timer for each message would be most of its work. */
  #linger: NodeJS.Timeout | undefined;
  #fault: { readonly error: unknown } | undefined;

  constructor(options: SendRunOptions) {
    this.#options = { readAhead: 100, parallelBatches: 1, lingerMs: 50, ...options };
  }

  /**
   * Reads and sends as far as it is itself read. Throws what the source throws, or the reason of the signal, after the
   * outcomes of all that was read before. Where the reader leaves early, nothing more is sent.
   */
  async *outcomes(assignments: AsyncIterable<Assignment<Tag, Decided>>): AsyncGenerator<Sending<Tag, Decided>, void> {
    const { signal } = this.#options;
    signal?.throwIfAborted();
    const onAbort = () => this.#fail(signal?.reason);
    signal?.addEventListener("abort", onAbort);
    const source = assignments[Symbol.asyncIterator]();
    this.#linger = setTimeout(() => this.#noticeSlowness(), this.#options.lingerMs);
    try {
      for (;;) {
        yield* this.#decided();
        if (this.#slots.length === 0 && !this.#mayRead()) break;
        this.#readOn(source);
        this.#sendDueBatches();
        await this.#change();
      }
      if (this.#fault !== undefined) await Promise.reject(this.#fault.error);
    } finally {
      signal?.removeEventListener("abort", onAbort);
      clearTimeout(this.#linger);
      this.#ending.abort();
      await this.#close(source);
    }
  }

  #mayRead(): boolean {
    return !this.#sourceIsDone && !this.#ending.signal.aborted;
  }

  *#decided(): Generator<Sending<Tag, Decided>, void> {
    for (let first = this.#slots[0]; first?.answer !== undefined; first = this.#slots[0]) {
      this.#slots.shift();
      yield { tag: first.tag, answer: first.answer };
    }
  }

  /** Not while as many batches are under way as may be: a batch that becomes full can always leave. */
  #readOn(source: AsyncIterator<Assignment<Tag, Decided>>): void {
    const { readAhead, parallelBatches } = this.#options;
    const hasRoom = this.#slots.length < readAhead && this.#batchesUnderWay < parallelBatches;
    if (this.#isReading || !hasRoom || !this.#mayRead()) return;
    this.#isReading = true;
    void this.#read(source).finally(() => {
      this.#isReading = false;
      this.#sourceIsSlow = false;
      this.#bell.ring();
    });
  }

  async #read(source: AsyncIterator<Assignment<Tag, Decided>>): Promise<void> {
    try {
      const { done, value } = await source.next();
      if (done === true) this.#sourceIsDone = true;
      // What comes after the end was not asked for: nobody waits for its answer.
      else if (!this.#ending.signal.aborted) await this.#take(value);
    } catch (error) {
      this.#sourceIsDone = true;
      this.#fault ??= { error };
    }
  }

  async #take(assignment: Assignment<Tag, Decided>): Promise<void> {
    const slot: Slot<Tag, Decided> = { tag: assignment.tag };
    this.#slots.push(slot);
    if ("decided" in assignment) {
      slot.answer = assignment.decided;
      return;
    }
    const fitting = await fitIntoSqs(assignment.message, this.#options, this.#ending.signal);
    if (!fitting.ok) slot.answer = fitting.error;
    else if (this.#ending.signal.aborted) slot.answer = ABORTED;
    else this.#seat(assignment.operation, { ...fitting.value, slot });
  }

  #seat(operation: Operation, message: Seated<Tag, Decided>): void {
    const batch = this.#batches.get(operation) ?? new Batch<Seated<Tag, Decided>>();
    this.#batches.set(operation, batch);
    const full = batch.add(message);
    if (full !== undefined) this.#send(operation, full);
  }

  #sendDueBatches(): void {
    for (const [operation, batch] of this.#batches) {
      if (this.#batchesUnderWay >= this.#options.parallelBatches) return;
      if (batch.first !== undefined && this.#isDue(batch.first)) this.#send(operation, batch.take());
    }
  }

  /** A batch leaves before it is full where nothing more comes for now, and where all that follows waits for its answer. */
  #isDue({ slot }: Seated<Tag, Decided>): boolean {
    if (this.#sourceIsDone || this.#sourceIsSlow) return true;
    return this.#slots.length >= this.#options.readAhead && slot === this.#slots[0];
  }

  #send(operation: Operation, messages: readonly Seated<Tag, Decided>[]): void {
    this.#batchesUnderWay += 1;
    void this.#answer(operation, messages).finally(() => {
      this.#batchesUnderWay -= 1;
      this.#bell.ring();
    });
  }

  async #answer(operation: Operation, messages: readonly Seated<Tag, Decided>[]): Promise<void> {
    const { queueOf, patience } = this.#options;
    try {
      const resending = { queue: queueOf(operation), patience, signal: this.#ending.signal };
      const answers = await sendBatch(messages, resending);
      for (const [index, { slot }] of messages.entries()) slot.answer = answers[index] ?? ABORTED;
    } catch (error) {
      for (const { slot } of messages) slot.answer = ABORTED;
      this.#fail(error);
    }
  }

  /** Nothing is begun any more; what is under way ends by the signal that it was given. */
  #fail(error: unknown): void {
    this.#fault ??= { error };
    this.#ending.abort(error);
    for (const batch of this.#batches.values()) for (const { slot } of batch.take()) slot.answer = ABORTED;
    this.#bell.ring();
  }

  async #change(): Promise<void> {
    this.#linger?.refresh();
    await this.#bell.heard();
  }

  /** Nothing has changed for a while. */
  #noticeSlowness(): void {
    const somethingWaits = [...this.#batches.values()].some(({ first }) => first !== undefined);
    if (!this.#isReading || !somethingWaits) return;
    this.#sourceIsSlow = true;
    this.#bell.ring();
  }

  async #close(source: AsyncIterator<unknown>): Promise<void> {
    if (this.#sourceIsDone) return;
    const closed = Promise.resolve(source.return?.());
    // A generator closes when it has given what it is asked for, which may be never.
    if (this.#isReading) closed.catch(() => undefined);
    else await closed;
  }
}

const ABORTED: EntryAnswer = { kind: "failed", reason: "the sending was ended before it was sent", isFinal: false };
