import * as z from "zod";
import { CONNECT_APIS } from "../contract/operation.ts";
import { PACED_APIS } from "../contract/paced-api.ts";

const durationMs = z.number().nonnegative();
const pace = z.strictObject({ ratePerSecond: z.number().positive(), burst: z.int().min(1) });

/** What a worker is set to. shared/settings.ts computes it, infra hands it over as JSON, and the wiring reads it back. */
export const workerSettingsSchema = z.strictObject({
  /** Of every API that the worker calls. */
  quotas: z.partialRecord(
    z.enum(PACED_APIS),
    z.strictObject({
      /** What this deployment may plan with of the API's quota: all its processes together. */
      quota: pace,
      /** What one process may plan with while it cannot speak with the others. */
      pace,
    }),
  ),
  pause: z.strictObject({
    firstMs: durationMs,
    maxMs: durationMs,
    longAfterMs: durationMs,
    longMs: durationMs,
    probeLeaseMs: durationMs,
  }),
  retry: z.strictObject({
    backoff: z.strictObject({ baseMs: durationMs, maxMs: durationMs }),
    transient: z.strictObject({ attempts: z.int().min(1), ageMs: durationMs }),
    conflict: z.strictObject({ attempts: z.int().min(1) }),
    denied: z.strictObject({ ageMs: durationMs }),
    capacityRefusals: z.int().min(1),
  }),
  /** How long Connect knows a repeated client token, of every API that the worker calls with one. */
  tokenWindowMs: z.partialRecord(z.enum(CONNECT_APIS), durationMs),
  /** How long the worker holds a batch that is paused as a whole, before it gives it back. */
  holdMs: durationMs,
  /** The longest that a call to Connect may take. */
  callTimeoutMs: durationMs,
  /** What the worker keeps of its time after the last call, to write down how it ended. */
  closingTimeMs: durationMs,
  /** How long the source queue keeps a message. */
  queueRetentionMs: durationMs,
  /** A message this close to the end of its retention is dead-lettered before SQS deletes it silently. */
  staleMarginMs: durationMs,
});

export type WorkerSettings = z.infer<typeof workerSettingsSchema>;
