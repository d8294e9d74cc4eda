import type { PacedApi } from "../../contract/paced-api.ts";
import type { Bucket } from "../../rate-limiter/bucket.ts";
import type { Advance } from "../../rate-limiter/plan-reservation.ts";

/** Where the rate buckets are kept. Every method rejects when the store cannot be reached; it may have written then. */
export interface BucketStore {
  /** The bucket as of now, whoever wrote it last. A bucket that nobody has written is UNTOUCHED_BUCKET. */
  read(api: PacedApi): Promise<Bucket>;
  /** Moves the bucket forward and answers with it as it is then; with nothing where the guard did not hold. One write. */
  advance(api: PacedApi, advance: Advance): Promise<Bucket | undefined>;
  /** Writes `to` if the bucket is still at the version and the theoretical arrival time of `from`. Answers whether. One write. */
  replace(api: PacedApi, from: Bucket, to: Bucket): Promise<boolean>;
}
