import type { OperationName } from "./operation-name.ts";
import { type Quota, TokenBucket } from "./token-bucket.ts";

/** A token bucket for each API. A quota that is changed starts full. */
export class CallQuotas {
  readonly #buckets = new Map<OperationName, TokenBucket>();

  /** Takes a token of the operation's bucket, or says that there is none. */
  take(operation: OperationName, quota: Quota, nowMs: number): boolean {
    const known = this.#buckets.get(operation);
    if (known !== undefined && isSame(known.quota, quota)) return known.take(nowMs);
    const bucket = new TokenBucket(quota, nowMs);
    this.#buckets.set(operation, bucket);
    return bucket.take(nowMs);
  }
}

const isSame = (one: Quota, other: Quota): boolean =>
  one.ratePerSecond === other.ratePerSecond && one.burst === other.burst;
