import type { Clock } from "#shared/clock.ts";
import type { PacedApi } from "#shared/contract/paced-api.ts";
import type { Bucket } from "#shared/rate-limiter/bucket.ts";
import type { Advance } from "#shared/rate-limiter/plan-reservation.ts";
import type { BucketStore } from "#shared/worker/ports/bucket-store.ts";
import { MemoryBucketStore } from "#shared/worker/rate-limiter/memory-bucket-store.ts";

interface Distance {
  readonly clock: Clock;
  readonly random: () => number;
  /** The longest way there, and the longest way back. */
  readonly mostMs: number;
}

/** How the answer to a write that was made is lost: the SDK tries again and meets its own write, or gives up. */
export type LostAnswer = "refused" | "thrown";

/** A store that several processes share: some milliseconds away, counted as DynamoDB bills it, and sometimes gone. */
export class RemoteBucketStore implements BucketStore {
  readonly #store = new MemoryBucketStore();
  readonly #distance: Distance;
  isGone = false;
  /** Some of the answers to writes are lost; `share` is between 0 and 1. The writes are made all the same. */
  loses: { readonly answer: LostAnswer; readonly share: number } | undefined;
  lostAnswers = 0;
  reads = 0;
  writes = 0;
  /** Writes whose condition did not hold. They are billed all the same. */
  refusedWrites = 0;

  constructor(distance: Distance) {
    this.#distance = distance;
  }

  async read(api: PacedApi): Promise<Bucket> {
    return await this.#remotely(async () => {
      this.reads += 1;
      return await this.#store.read(api);
    });
  }

  async advance(api: PacedApi, advance: Advance): Promise<Bucket | undefined> {
    const write = async () => this.#count(await this.#store.advance(api, advance));
    return await this.#remotely(async () => this.#orLost(await write(), undefined));
  }

  async replace(api: PacedApi, from: Bucket, to: Bucket): Promise<boolean> {
    const write = async () => this.#count(await this.#store.replace(api, from, to));
    return await this.#remotely(async () => this.#orLost(await write(), false));
  }

  #count<T extends Bucket | undefined | boolean>(written: T): T {
    this.writes += 1;
    if (written === undefined || written === false) this.refusedWrites += 1;
    return written;
  }

  #orLost<T>(answer: T, refusal: T): T {
    if (this.loses === undefined || this.#distance.random() >= this.loses.share) return answer;
    this.lostAnswers += 1;
    if (this.loses.answer === "thrown") throw new Error("The answer of the store was lost.");
    return refusal;
  }

  async #remotely<T>(action: () => Promise<T>): Promise<T> {
    await this.#travel();
    if (this.isGone) throw new Error("The store cannot be reached.");
    const answer = await action();
    await this.#travel();
    return answer;
  }

  async #travel(): Promise<void> {
    const { clock, random, mostMs } = this.#distance;
    await clock.sleep(random() * mostMs);
  }
}
