import type { PacedApi } from "../../contract/paced-api.ts";
import { type Bucket, UNTOUCHED_BUCKET } from "../../rate-limiter/bucket.ts";
import { wholeMicroseconds } from "../../rate-limiter/gcra.ts";
import type { Advance } from "../../rate-limiter/plan-reservation.ts";
import type { BucketStore } from "../ports/bucket-store.ts";

/** Buckets that only this process knows: what it keeps to while the shared ones cannot be reached. */
export class MemoryBucketStore implements BucketStore {
  readonly #buckets = new Map<PacedApi, Bucket>();

  constructor(buckets: Iterable<readonly [PacedApi, Bucket]> = []) {
    this.#buckets = new Map(buckets);
  }

  async read(api: PacedApi): Promise<Bucket> {
    return this.#of(api);
  }

  async advance(api: PacedApi, { epoch, fromMs, toMs, byMs }: Advance): Promise<Bucket | undefined> {
    const bucket = this.#of(api);
    const { theoreticalMs } = bucket;
    if (bucket.epoch !== epoch || theoreticalMs < fromMs || theoreticalMs > toMs) return undefined;
    const advanced = { ...bucket, theoreticalMs: wholeMicroseconds(theoreticalMs + byMs) };
    this.#buckets.set(api, advanced);
    return advanced;
  }

  async replace(api: PacedApi, from: Bucket, to: Bucket): Promise<boolean> {
    const { version, theoreticalMs } = this.#of(api);
    if (version !== from.version || theoreticalMs !== from.theoreticalMs) return false;
    this.#buckets.set(api, to);
    return true;
  }

  #of(api: PacedApi): Bucket {
    return this.#buckets.get(api) ?? UNTOUCHED_BUCKET;
  }
}
