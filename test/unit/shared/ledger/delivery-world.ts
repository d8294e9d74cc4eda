import type { Operation } from "#shared/contract/operation.ts";
import type { Lane } from "#shared/contract/queue-name.ts";
import type { LedgerItem } from "#shared/ledger/ledger-item.ts";
import type { Delivery } from "#shared/worker/delivery.ts";
import { handleDelivery } from "#shared/worker/handle-delivery.ts";
import type { Connect } from "#shared/worker/ports/connect.ts";
import type { Jobs } from "#shared/worker/ports/jobs.ts";
import type { JournalEntry } from "#shared/worker/ports/journal.ts";
import type { LedgerStore } from "#shared/worker/ports/ledger-store.ts";
import { RememberedJobs } from "#shared/worker/remembered-jobs.ts";
import { StoredDrafts } from "#shared/worker/stored-drafts.ts";
import { StoredLedger } from "#shared/worker/stored-ledger.ts";
import type { Worker } from "#shared/worker/worker.ts";
import { aDelivery } from "#test/support/a-delivery.ts";
import { aWorker } from "#test/support/a-worker.ts";
import type { ManualClock } from "#test/support/manual-clock.ts";
import { MemoryLedgerStore } from "#test/support/memory-ledger-store.ts";

export const HOUR = 3_600_000;
export const TOKEN_WINDOW_MS = 12 * HOUR;
const FUNCTION_TIMEOUT_MS = 30_000;
export const VISIBILITY_MS = 6 * FUNCTION_TIMEOUT_MS;
const STANDSTILL_MS = 60_000;

/** Of rows of a backfill it matters what happens within the second for which a job is remembered. */
const LEAPS_MS: Readonly<Record<Lane, readonly number[]>> = {
  live: [1_000, 40_000, 40_000, VISIBILITY_MS, HOUR, 13 * HOUR, 8 * 24 * HOUR],
  backfill: [300, 600, 600, 1_000, 1_000, 1_000, 40_000],
};

export interface DeadLetterSeen {
  readonly messageId: string;
  readonly code: string;
  readonly contact: "none" | "unknown";
  /** Contacts when the ledger gave the message up. Another message may make one before the letter is sent. */
  readonly contactsThen: number;
}

/** Draws the next decision; 0 is always the harmless one. */
export type Draw = (options: number) => number;

/** Amazon Connect as a process sees it. `turn`: waits until the driver lets the process go on, or for ever. */
export type ConnectFor = (process: { readonly turn: () => Promise<void>; readonly draw: Draw }) => Connect;

interface Scene {
  readonly operation: Operation;
  readonly clock: ManualClock;
  readonly connectFor: ConnectFor;
  /** How many contacts there are in Connect now. */
  readonly contacts: () => number;
  /** Of the requests. @default live */
  readonly lane?: Lane;
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
 * Everything around the worker but Connect, one step at a time: whoever drives it chooses which process goes on, which
 * dies, how the store answers, and how time goes by.
 */
export class DeliveryWorld {
  readonly letters: DeadLetterSeen[] = [];
  readonly violations: string[] = [];
  /** The messages that were told as cancelled. */
  readonly cancelled = new Set<string>();
  readonly store = new MemoryLedgerStore();
  /** When the requests' backfill was cancelled, if it was. */
  cancelledAtMs: number | undefined;
  readonly #running = new Set<Running>();
  readonly #messages: Message[] = [];
  readonly #scene: Scene;
  readonly #bench: ReturnType<typeof aWorker>;
  readonly #contactsWhenGivenUp = new Map<string, number>();
  #attemptIds = 0;
  #draw: Draw = () => 0;

  constructor(requests: readonly object[], scene: Scene) {
    this.#scene = scene;
    this.#bench = aWorker({ operation: scene.operation });
    for (const request of requests) this.send(request);
  }

  /** The messages that are gone without a dead letter, and were not told as cancelled. */
  get goneWithoutLetter(): readonly string[] {
    const gone = this.#messages.filter(({ deleted }) => deleted).map(({ delivery }) => delivery.messageId);
    return gone.filter((id) => !this.cancelled.has(id) && !this.letters.some(({ messageId }) => messageId === id));
  }

  /** What the log has told so far. */
  get notes(): readonly JournalEntry[] {
    return this.#bench.notes;
  }

  get isQuiet(): boolean {
    return this.#messages.every(({ deleted }) => deleted) && this.#running.size === 0;
  }

  /** One step, decided by `draw`. */
  async step(draw: Draw): Promise<void> {
    this.#draw = draw;
    const turns = [...this.#running].flatMap((running) =>
      [...running.waiting].map((go) => () => this.#go(running, go)),
    );
    const deliveries = this.#messages
      .filter((message) => this.#mayBeDelivered(message))
      .map((message) => () => this.#deliver(message));
    const deaths = [...this.#running].map((running) => () => this.#kill(running));
    const leaps = LEAPS_MS[this.#scene.lane ?? "live"].map((byMs) => () => this.advance(byMs));
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

  /** Lets everything end without further trouble from the world. */
  async drain(): Promise<void> {
    this.#draw = () => 0;
    for (let steps = 0; !this.isQuiet; steps += 1) {
      if (steps > 5_000) throw new Error("The world does not come to rest.");
      const running = [...this.#running].find(({ waiting }) => waiting.size > 0);
      const [go] = running?.waiting ?? [];
      const message = this.#messages.find((each) => this.#mayBeDelivered(each));
      if (running !== undefined && go !== undefined) this.#go(running, go);
      else if (message !== undefined) this.#deliver(message);
      else this.advance(60_000);
      await settle();
    }
  }

  /** A request in a new message: a first one, or a dead letter that an operator redrives. */
  send(request: object): void {
    this.#messages.push({
      delivery: aDelivery({
        request,
        messageId: `message-${this.#messages.length}`,
        sentAtMs: this.#scene.clock.now() - 1_000,
        lane: this.#scene.lane ?? "live",
      }),
      visibleAtMs: this.#scene.clock.now(),
      receiveCount: 0,
      deleted: false,
    });
  }

  /** Lambda ends a function at its deadline; a machine that stands still for a while may do so late. */
  advance(byMs: number): void {
    this.#scene.clock.advance(byMs);
    for (const running of this.#running) {
      if (running.deadlineMs + STANDSTILL_MS <= this.#scene.clock.now()) this.#kill(running);
    }
  }

  #mayBeDelivered({ deleted, visibleAtMs }: Message): boolean {
    return !deleted && visibleAtMs <= this.#scene.clock.now();
  }

  #go(running: Running, go: () => void): void {
    running.waiting.delete(go);
    go();
  }

  #kill(running: Running): void {
    running.dead = true;
    this.#running.delete(running);
  }

  #deliver(message: Message): void {
    const nowMs = this.#scene.clock.now();
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
    else message.visibleAtMs = this.#scene.clock.now() + disposition.delayMs;
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
    const { clock, connectFor, contacts } = this.#scene;
    const turn = async () => await this.#turn(running);
    const store = this.#storeFor(running);
    return {
      ...this.#bench.worker,
      clock,
      ledger: new StoredLedger(store, {
        clock,
        tokenWindowMs: () => TOKEN_WINDOW_MS,
        newAttemptId: () => {
          this.#attemptIds += 1;
          return `attempt-${this.#attemptIds}`;
        },
      }),
      drafts: new StoredDrafts(store, clock),
      jobs: new RememberedJobs(this.#jobsFor(running), clock),
      rateLimiter: {
        takeSlot: async (request) => ({ kind: "granted", slot: { request, atMs: clock.now(), isProbe: false } }),
        pausedUntil: async () => undefined,
        report: () => {},
      },
      connect: connectFor({ turn, draw: (options) => this.#draw(options) }),
      outcomes: {
        tell: async ({ detail }) => {
          const isCancelled = "failure" in detail && detail.failure.kind === "cancelled";
          if (isCancelled) this.cancelled.add(running.message.delivery.messageId);
        },
      },
      deadLetters: {
        send: async ({ messageId }, { failure: { code }, contact }) => {
          await turn();
          const contactsThen = this.#contactsWhenGivenUp.get(messageId) ?? contacts();
          this.letters.push({ messageId, code, contact, contactsThen });
          await turn();
        },
      },
    };
  }

  #jobsFor(running: Running): Jobs {
    return {
      isCancelled: async () => {
        await this.#turn(running);
        const isCancelled = this.cancelledAtMs !== undefined;
        const luck = this.#draw(20);
        await this.#turn(running);
        if (luck === 19) throw new Error("The store cannot be reached.");
        return isCancelled;
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
        return await this.store.read(key);
      },
      write: async (key, item) => {
        await this.#turn(running);
        const luck = this.#draw(20);
        if (luck === 19) trouble();
        const before = await this.store.read(key);
        const written = await this.store.write(key, item);
        if (written) this.#watch(before, item);
        await this.#turn(running);
        if (luck === 18) trouble();
        return written;
      },
    };
  }

  #watch(before: LedgerItem | undefined, item: LedgerItem): void {
    if (item.state === "failed") this.#contactsWhenGivenUp.set(item.messageId, this.#scene.contacts());
    if (before?.state !== "started") return;
    if (item.state !== "started" || item.contactId !== before.contactId) {
      this.violations.push("started was overwritten");
    }
  }
}

/** Lets every promise that can go on go on. */
async function settle(): Promise<void> {
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
}
