import * as z from "zod";
import type { Bucket } from "../rate-limiter/bucket.ts";

const momentMs = z.number();

const pause = z.object({
  sinceMs: momentMs,
  untilMs: momentMs,
  count: z.int().min(1),
  probeUntilMs: momentMs.exactOptional(),
});

/** A rate bucket as the state table holds it. What a later version adds is not read, and the next write of the whole
 * item loses it: the numbers of a bucket are worth a minute, not a migration. */
export const storedBucket: z.ZodType<Bucket> = z.object({
  theoreticalMs: momentMs,
  epoch: z.int().min(0),
  slowed: z.object({ ratePerSecond: z.number().positive(), atMs: momentMs, recoveredAtMs: momentMs }).exactOptional(),
  pauses: z.record(z.string(), pause),
  acceptedAtMs: z.record(z.string(), momentMs),
  version: z.int().min(1),
});
