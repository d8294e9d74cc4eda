import type { PacedApi } from "../../contract/paced-api.ts";
import { type Bucket, UNTOUCHED_BUCKET } from "../../rate-limiter/bucket.ts";
import { emptied, toleranceMs } from "../../rate-limiter/gcra.ts";
import { MOST_AGE_OF_KNOWLEDGE_MS } from "../../rate-limiter/most-age-of-knowledge-ms.ts";
import type { Pace } from "../../rate-limiter/pace.ts";
import type { Reservation } from "../../rate-limiter/plan-reservation.ts";
import { type ReservedSlot, reservedSlots, turnedBack } from "../../rate-limiter/reserved-slots.ts";
import type { BucketStore } from "../ports/bucket-store.ts";
import type { ApiRateLimiterOptions } from "./api-rate-limiter-options.ts";
import { MemoryBucketStore } from "./memory-bucket-store.ts";

/** A reserved slot, and the era of the bucket in which it may be used: until a slow-down, or a change of stores. */
export interface SlotOfEra extends ReservedSlot {
  readonly era: string;
}

/** The least time between two tries to reach the shared store again. */
const TRY_AGAIN_AFTER_MS = 1_000;
/** Before a write that somebody else may have overtaken, the bucket is read anew when it is known for longer. */
const WRITABLE_FOR_MS = 50;
/** What a slower store answers is taken as so old, or nothing that it says would ever be new enough. */
const MOST_LATENCY_MS = 25;
/** Each try that fails means that another process has written in between. */
const MOST_TRIES = 20;

/**
 * What one process knows of the bucket of one Connect API, and its way of changing it. It rejects nothing: while the
 * shared store cannot be reached the bucket is one of this process alone, with its own part of the quota.
 */
export class BucketView {
  readonly #api: PacedApi;
  readonly #sharedStore: BucketStore;
  readonly #options: ApiRateLimiterOptions;
  #storeAlone: MemoryBucketStore | undefined;
  #bucket: Bucket | undefined;
  #knownAtMs = Number.NEGATIVE_INFINITY;
  #stores = 0;
  #triedAtMs = Number.NEGATIVE_INFINITY;
  /** One thing at a time, so that what is learned later is newer. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(api: PacedApi, sharedStore: BucketStore, options: ApiRateLimiterOptions) {
    this.#api = api;
    this.#sharedStore = sharedStore;
    this.#options = options;
  }

  /** As last seen. */
  get bucket(): Bucket | undefined {
    return this.#bucket;
  }

  get pace(): Pace {
    return this.#storeAlone === undefined ? this.#options.pace : this.#options.paceAlone;
  }

  get era(): string {
    return `${this.#stores}.${this.#bucket?.epoch ?? 0}`;
  }

  /** Whether what is known now is at most `ageMs` old at `atMs`. */
  isKnown(ageMs: number, atMs: number): boolean {
    return atMs - this.#knownAtMs <= ageMs;
  }

  async refresh(): Promise<void> {
    await this.#inTurn(async () => await this.#read());
  }

  /** Makes a reservation. None where somebody else was faster: then the bucket is read anew. */
  async reserve(reservation: Reservation): Promise<readonly SlotOfEra[]> {
    const { era } = this;
    return await this.#inTurn(async () => {
      // Planned for a bucket that is not in use any more.
      if (era !== this.era || this.#isOvertaken(reservation)) return [];
      const bucket = await this.#write(reservation);
      if (bucket === undefined) {
        await this.#read();
        return [];
      }
      return reservedSlots(reservation, bucket.theoreticalMs).map((slot) => ({ ...slot, era: this.era }));
    });
  }

  /**
   * Changes the bucket. `decide` is pure, and gives back the very bucket that it was given where there is nothing to
   * change. Answers whether a change of its own was written.
   */
  async change(decide: (bucket: Bucket) => Bucket): Promise<boolean> {
    return await this.#inTurn(async () => {
      for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
        if (!this.isKnown(WRITABLE_FOR_MS, this.#options.clock.now())) await this.#read();
        const from = this.#bucket ?? UNTOUCHED_BUCKET;
        const to = decide(from);
        if (to === from) return false;
        if ((await this.#replace(from, to)) !== undefined) return true;
        await this.#read();
      }
      return false;
    });
  }

  /**
   * Gives the last slots of the bucket back, as far as these are the last. Answers which. It tries once: they are gone
   * even where the write seems refused, since it may be its answer that was lost, and then others have them already.
   */
  async giveBack(unused: readonly SlotOfEra[]): Promise<readonly SlotOfEra[]> {
    return await this.#inTurn(async () => {
      if (!this.isKnown(WRITABLE_FOR_MS, this.#options.clock.now())) await this.#read();
      const from = this.#bucket ?? UNTOUCHED_BUCKET;
      const own = unused.filter(({ era }) => era === this.era);
      const theoreticalMs = turnedBack(from.theoreticalMs, own);
      // A bucket that rests needs nothing back.
      if (theoreticalMs === from.theoreticalMs || from.theoreticalMs <= this.#options.clock.now()) return [];
      if ((await this.#replace(from, { ...from, theoreticalMs })) === undefined) await this.#read();
      return own.filter(({ positionMs }) => positionMs >= theoreticalMs);
    });
  }

  /** Resolves when all changes so far are made. */
  async idle(): Promise<void> {
    await this.#queue;
  }

  async #inTurn<T>(action: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(action);
    this.#queue = turn.catch(() => undefined);
    return await turn;
  }

  async #read(): Promise<void> {
    this.#tryReunion();
    const read = async () => await this.#ask(async (store) => await store.read(this.#api));
    // The first may meet the outage; the store of this process alone always answers.
    if ((await read()) === undefined) await read();
  }

  async #write({ write }: Reservation): Promise<Bucket | undefined> {
    if (write.kind === "advance")
      return await this.#ask(async (store) => await store.advance(this.#api, write.advance));
    return await this.#replace(write.from, { ...write.from, theoreticalMs: write.theoreticalMs });
  }

  /** A restart is planned from one bucket alone: any other may hold slots of others. */
  #isOvertaken({ write }: Reservation): boolean {
    return write.kind === "restart" && write.from !== this.#bucket;
  }

  async #replace(from: Bucket, to: Bucket): Promise<Bucket | undefined> {
    const written = { ...to, version: from.version + 1 };
    return await this.#ask(async (store) => ((await store.replace(this.#api, from, written)) ? written : undefined));
  }

  /** Asks the store in use, and learns what it answers. Nothing where it cannot be reached: then it is not in use any more. */
  async #ask(question: (store: BucketStore) => Promise<Bucket | undefined>): Promise<Bucket | undefined> {
    const store = this.#storeAlone ?? this.#sharedStore;
    const askedAtMs = this.#options.clock.now();
    try {
      const bucket = await question(store);
      if (store !== (this.#storeAlone ?? this.#sharedStore)) return undefined;
      if (bucket !== undefined) this.#learn(bucket, Math.max(askedAtMs, this.#options.clock.now() - MOST_LATENCY_MS));
      return bucket;
    } catch (reason) {
      this.#standAlone(reason);
      return undefined;
    }
  }

  #learn(bucket: Bucket, askedAtMs: number): void {
    this.#bucket = bucket;
    this.#knownAtMs = askedAtMs;
  }

  /** Pauses stay in force. The bucket begins empty, since others go on with their slots until they notice it too. */
  #standAlone(reason: unknown): void {
    const { clock, paceAlone, onOutage } = this.#options;
    const nowMs = clock.now();
    const { slowed: _slowed, ...known } = this.#bucket ?? UNTOUCHED_BUCKET;
    const alone = { ...known, theoreticalMs: emptied(0, nowMs + MOST_AGE_OF_KNOWLEDGE_MS, paceAlone), version: 1 };
    this.#storeAlone = new MemoryBucketStore([[this.#api, alone]]);
    this.#stores += 1;
    this.#triedAtMs = nowMs;
    this.#learn(alone, nowMs);
    onOutage(reason);
  }

  /** Looks in the background whether the shared store answers again: nobody waits for one that may be gone. */
  #tryReunion(): void {
    const nowMs = this.#options.clock.now();
    if (this.#storeAlone === undefined || nowMs < this.#triedAtMs + TRY_AGAIN_AFTER_MS) return;
    this.#triedAtMs = Number.POSITIVE_INFINITY;
    this.#sharedStore.read(this.#api).then(
      (bucket) => this.#reunite(bucket, nowMs),
      () => {
        this.#triedAtMs = this.#options.clock.now();
      },
    );
  }

  async #reunite(bucket: Bucket, nowMs: number): Promise<void> {
    this.#storeAlone = undefined;
    this.#stores += 1;
    this.#learn(bucket, nowMs);
    // Nobody has drawn on the shared bucket, but all have called, and some do so alone until they find it again.
    const fromMs = nowMs + TRY_AGAIN_AFTER_MS + MOST_AGE_OF_KNOWLEDGE_MS + toleranceMs(this.#options.pace);
    await this.change((found) => (found.theoreticalMs < nowMs ? { ...found, theoreticalMs: fromMs } : found));
  }
}
