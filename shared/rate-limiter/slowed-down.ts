import type { Bucket } from "./bucket.ts";
import { intervalMs, toleranceMs, wholeMicroseconds } from "./gcra.ts";
import { MOST_AGE_OF_KNOWLEDGE_MS } from "./most-age-of-knowledge-ms.ts";
import type { Pace } from "./pace.ts";
import { slowDownAfter } from "./slow-down.ts";

/** The bucket after a call was throttled: empty, slower, and in a new epoch. */
export function slowedDown(bucket: Bucket, pace: Pace, nowMs: number): Bucket {
  const slowed = slowDownAfter(bucket.slowed, pace, nowMs);
  const tolerance = toleranceMs(pace);
  const empty = nowMs + tolerance + intervalMs(slowed);
  // Processes that have not heard of it yet go on using the slots they have: their positions are not given out again.
  const stillInUse = nowMs + MOST_AGE_OF_KNOWLEDGE_MS + tolerance + intervalMs(pace);
  return {
    ...bucket,
    epoch: bucket.epoch + 1,
    slowed,
    theoreticalMs: wholeMicroseconds(Math.max(empty, Math.min(bucket.theoreticalMs, stillInUse))),
  };
}
