import type { LedgerItem } from "#shared/ledger/ledger-item.ts";
import type { Delivery } from "#shared/worker/delivery.ts";
import { handleDelivery } from "#shared/worker/handle-delivery.ts";
import type { CallAnswer } from "#shared/worker/ports/connect.ts";
import type { LedgerStore } from "#shared/worker/ports/ledger-store.ts";
import { StoredLedger } from "#shared/worker/stored-ledger.ts";
import type { Worker } from "#shared/worker/worker.ts";
import { aDelivery } from "#test/support/a-delivery.ts";
import { aWorker, refusal } from "#test/support/a-worker.ts";
import type { ManualClock } from "#test/support/manual-clock.ts";
import { MemoryLedgerStore } from "#test/support/memory-ledger-store.ts";

export const HOUR = 3_600_000;
const TOKEN_WINDOW_MS = 12 * HOUR;
const FUNCTION_TIMEOUT_MS = 30_000;
const VISIBILITY_MS = 6 * FUNCTION_TIMEOUT_MS;
const STANDSTILL_MS = 60_000;

/** What the model of Connect may do with a call. */
const ANSWERS = [
  "ok",
  "lost-after",
  "lost-before",
  "500-after",
  "500-before",
  "400",
  "402",
  "403",
  "429",
  "conflict",
] as const;
export type ConnectAnswer = (typeof ANSWERS)[number];

/** What Connect does with a token that it knows. */
export type RepeatedToken = "same-contact" | "idempotency-exception";

export interface DeadLetterSeen {
  readonly messageId: string;
  readonly code: string;
  readonly contact: "none" | "unknown";
  /** Contacts when the ledger gave the message up. Another message may make one before the letter is sent. */
  readonly contactsThen: number;
}

interface Message {
  readonly delivery: Delivery;
  visibleAtMs: number;
  receiveCount: number;
  deleted: boolean;
}

interface Running {
  readonly message: Message;
  readonly deadlineMs: number;
  /** Continuations that wait for their turn. Dropped when the process dies. */
  readonly waiting: Set<() => void>;
  dead: boolean;
}

/**
 * Everything around the worker, one step at a time: whoever drives it chooses which process goes on, which dies, how
 * Connect and the store answer, and how time goes by. Between a call's effect and its answer there is a step of its own,
 * so that a process can die in between.
 */
export class ExactlyOnceWorld {
  readonly letters: DeadLetterSeen[] = [];
  readonly violations: string[] = [];
  readonly #store = new MemoryLedgerStore();
  readonly #tokens = new Map<string, { contactId: string; atMs: number }>();
  readonly #running = new Set<Running>();
  readonly #messages: Message[];
  readonly #clock: ManualClock;
  readonly #bench = aWorker();
  readonly #repeatedToken: RepeatedToken;
  readonly #contactsWhenGivenUp = new Map<string, number>();
  #contacts = 0;
  #attemptIds = 0;
  #nextAnswers: ConnectAnswer[] = [];
  /** Draws the next decision; 0 is always the harmless one. */
  #draw: (options: number) => number = () => 0;

  constructor(requests: readonly object[], repeatedToken: RepeatedToken) {
    this.#clock = this.#bench.clock;
    this.#repeatedToken = repeatedToken;
    this.#messages = requests.map((request, index) => ({
      delivery: aDelivery({ request, messageId: `message-${index}` }),
      visibleAtMs: this.#clock.now(),
      receiveCount: 0,
      deleted: false,
    }));
  }

  get contacts(): number {
    return this.#contacts;
  }

  get item(): LedgerItem | undefined {
    return this.#store.items()[0];
  }

  /** The messages that are gone without a trace: neither is there a contact, nor a dead letter for them. */
  get lost(): readonly string[] {
    const gone = this.#messages.filter(({ deleted }) => deleted).map(({ delivery }) => delivery.messageId);
    return gone.filter(
      (id) => this.item?.state !== "started" && !this.letters.some(({ messageId }) => messageId === id),
    );
  }

  get isQuiet(): boolean {
    return this.#messages.every(({ deleted }) => deleted) && this.#running.size === 0;
  }

  /** One step, decided by `draw`. */
  async step(draw: (options: number) => number): Promise<void> {
    this.#draw = draw;
    const turns = [...this.#running].flatMap((running) =>
      [...running.waiting].map((go) => () => this.#go(running, go)),
    );
    const deliveries = this.#messages
      .filter((message) => this.#mayBeDelivered(message))
      .map((message) => () => this.#deliver(message));
    const deaths = [...this.#running].map((running) => () => this.#kill(running));
    const leaps = [1_000, 40_000, 40_000, VISIBILITY_MS, HOUR, 13 * HOUR, 8 * 24 * HOUR].map(
      (byMs) => () => this.#advance(byMs),
    );
    const again = this.#messages.filter(({ deleted }) => !deleted).map((message) => () => this.#deliver(message));
    // Turns and deliveries are listed several times, so that more happens than dying and waiting.
    const actions = [
      ...turns,
      ...turns,
      ...turns,
      ...turns,
      ...deliveries,
      ...deliveries,
      ...again,
      ...deaths,
      ...leaps,
    ];
    actions[draw(actions.length)]?.();
    await settle();
  }

  /** Lets everything end without further trouble; Connect gives these answers first. */
  async drain(answers: readonly ConnectAnswer[] = []): Promise<void> {
    this.#draw = () => 0;
    this.#nextAnswers = [...answers];
    for (let steps = 0; !this.isQuiet; steps += 1) {
      if (steps > 5_000) throw new Error("The world does not come to rest.");
      const running = [...this.#running].find(({ waiting }) => waiting.size > 0);
      const [go] = running?.waiting ?? [];
      const message = this.#messages.find((each) => this.#mayBeDelivered(each));
      if (running !== undefined && go !== undefined) this.#go(running, go);
      else if (message !== undefined) this.#deliver(message);
      else this.#advance(60_000);
      await settle();
    }
  }

  /** An operator redrives a dead letter: the same body in a new message. */
  send(request: object): void {
    this.#messages.push({
      delivery: aDelivery({ request, messageId: `message-${this.#messages.length}` }),
      visibleAtMs: this.#clock.now(),
      receiveCount: 0,
      deleted: false,
    });
  }

  advance(byMs: number): void {
    this.#advance(byMs);
  }

  #mayBeDelivered({ deleted, visibleAtMs }: Message): boolean {
    return !deleted && visibleAtMs <= this.#clock.now();
  }

  #go(running: Running, go: () => void): void {
    running.waiting.delete(go);
    go();
  }

  #kill(running: Running): void {
    running.dead = true;
    this.#running.delete(running);
  }

  /** Lambda ends a function at its deadline; a machine that stands still for a while may do so late. */
  #advance(byMs: number): void {
    this.#clock.advance(byMs);
    for (const running of this.#running) {
      if (running.deadlineMs + STANDSTILL_MS <= this.#clock.now()) this.#kill(running);
    }
  }

  #deliver(message: Message): void {
    const nowMs = this.#clock.now();
    message.visibleAtMs = nowMs + VISIBILITY_MS;
    message.receiveCount += 1;
    const running: Running = { message, deadlineMs: nowMs + FUNCTION_TIMEOUT_MS, waiting: new Set(), dead: false };
    this.#running.add(running);
    void this.#work(running);
  }

  async #work(running: Running): Promise<void> {
    const { message } = running;
    const delivery = { ...message.delivery, receiveCount: message.receiveCount };
    const disposition = await handleDelivery(delivery, running.deadlineMs, this.#workerFor(running)).catch(() => ({
      kind: "return" as const,
      delayMs: 1_000,
    }));
    await this.#turn(running);
    this.#running.delete(running);
    if (disposition.kind === "acknowledge") message.deleted = true;
    else message.visibleAtMs = this.#clock.now() + disposition.delayMs;
  }

  /** Waits until the driver lets this process go on; for ever, if it dies before. */
  async #turn(running: Running): Promise<void> {
    await new Promise<void>((resolve) => {
      running.waiting.add(() => {
        if (!running.dead) resolve();
      });
    });
  }

  #workerFor(running: Running): Worker {
    return {
      ...this.#bench.worker,
      ledger: new StoredLedger(this.#storeFor(running), {
        clock: this.#clock,
        tokenWindowMs: TOKEN_WINDOW_MS,
        newAttemptId: () => {
          this.#attemptIds += 1;
          return `attempt-${this.#attemptIds}`;
        },
      }),
      connect: {
        start: async ({ clientToken }) => {
          await this.#turn(running);
          const drawn = ANSWERS[this.#draw(ANSWERS.length)] ?? "ok";
          const answer = this.#call(clientToken, this.#nextAnswers.shift() ?? drawn);
          await this.#turn(running);
          return answer;
        },
      },
      deadLetters: {
        send: async ({ messageId }, { failure: { code }, contact }) => {
          await this.#turn(running);
          const contactsThen = this.#contactsWhenGivenUp.get(messageId) ?? this.#contacts;
          this.letters.push({ messageId, code, contact, contactsThen });
          await this.#turn(running);
        },
      },
    };
  }

  #storeFor(running: Running): LedgerStore {
    const trouble = () => {
      throw new Error("The store cannot be reached.");
    };
    return {
      read: async (key) => {
        await this.#turn(running);
        if (this.#draw(20) === 19) trouble();
        return await this.#store.read(key);
      },
      write: async (key, item) => {
        await this.#turn(running);
        const luck = this.#draw(20);
        if (luck === 19) trouble();
        const before = await this.#store.read(key);
        const written = await this.#store.write(key, item);
        if (written && item.state === "failed") this.#contactsWhenGivenUp.set(item.messageId, this.#contacts);
        if (written && before?.state === "started") this.violations.push("started was overwritten");
        await this.#turn(running);
        if (luck === 18) trouble();
        return written;
      },
    };
  }

  /** The model of Connect: a token is known for as long as the ledger relies on it, and not a moment longer. */
  #call(token: string, answer: ConnectAnswer): CallAnswer {
    const refused = REFUSALS[answer];
    if (refused !== undefined) return refused;
    const known = this.#tokens.get(token);
    const isKnown = known !== undefined && this.#clock.now() - known.atMs < TOKEN_WINDOW_MS + VISIBILITY_MS;
    if (isKnown && this.#repeatedToken === "idempotency-exception") return refusal("IdempotencyException", 409);
    const contactId = isKnown ? known.contactId : this.#newContact(token);
    if (answer === "lost-after") return refusal("ECONNRESET");
    if (answer === "500-after") return refusal("InternalServiceException", 500);
    return { kind: "started", contactId };
  }

  #newContact(token: string): string {
    this.#contacts += 1;
    const contactId = `contact-${this.#contacts}`;
    this.#tokens.set(token, { contactId, atMs: this.#clock.now() });
    if (this.#contacts > 1) this.violations.push(`${this.#contacts} contacts for one request`);
    return contactId;
  }
}

const REFUSALS: Readonly<Partial<Record<ConnectAnswer, CallAnswer>>> = {
  "lost-before": refusal("TimeoutError"),
  "500-before": refusal("InternalServiceException", 500),
  "400": refusal("InvalidRequestException", 400),
  "402": refusal("ServiceQuotaExceededException", 402),
  "403": refusal("AccessDeniedException", 403),
  "429": refusal("ThrottlingException", 429),
  conflict: refusal("ConflictException", 409),
};

/** Lets every promise that can go on go on. */
async function settle(): Promise<void> {
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
}
