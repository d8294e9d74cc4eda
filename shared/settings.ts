import type * as z from "zod";
import { OPERATIONS, type Operation } from "./contract/operation.ts";
import { plannedQuota } from "./planned-quota.ts";
import { type Pace, paceOfEach } from "./rate-limiter/pace.ts";
import { failed, type Result, succeeded } from "./result.ts";
import { SETTINGS_EXAMPLES, settingsSchema } from "./settings-schema.ts";
import { settingsSentence } from "./settings-sentence.ts";
import type { WorkerSettings } from "./worker/worker-settings.ts";

// What follows from a deployment's settings. Plain data and arithmetic: the same on synth, in a function, and on one machine.

/** What may be given; everything but `connectInstanceArns` has a default. */
export type SettingsInput = z.input<typeof settingsSchema>;

/** A deployment's settings, complete and checked. */
export type Settings = z.output<typeof settingsSchema>;

/** Lambda's limit. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const MAX_FUNCTION_SECONDS = 900;

/** Checks settings and fills in the defaults; else one sentence for each thing that is wrong, with what to type. */
export function parseSettings(candidate: unknown): Result<Settings, readonly string[]> {
  const parsed = settingsSchema.safeParse(candidate);
  if (!parsed.success) return failed(parsed.error.issues.map((issue) => settingsSentence(issue, SETTINGS_EXAMPLES)));
  const settings = parsed.data;
  const tooLong = OPERATIONS.filter((operation) => functionTimeoutSeconds(settings, operation) > MAX_FUNCTION_SECONDS);
  if (tooLong.length > 0) return failed(tooLong.map((each) => tooLongSentence(settings, each)));
  const leastMarginSeconds = longestHiddenSeconds(settings);
  if (settings.retention.staleMarginSeconds < leastMarginSeconds) return failed([marginSentence(leastMarginSeconds)]);
  return succeeded(settings);
}

/** The longest that a message is hidden at a time, so that nobody sees when SQS deletes it. */
function longestHiddenSeconds(settings: Settings): number {
  const { retry, pause } = settings;
  const visibility = OPERATIONS.map((operation) => visibilityTimeoutSeconds(settings, operation));
  return Math.max(...visibility, retry.backoffMaxSeconds, pause.maxSeconds, pause.longSeconds);
}

const marginSentence = (leastSeconds: number): string =>
  `retention.staleMarginSeconds must be at least ${leastSeconds}: a message is hidden for so long at a time (its visibility timeout, the longest backoff or the longest pause), and SQS may delete it meanwhile. Raise it, or shorten those.`;

function tooLongSentence(settings: Settings, operation: Operation): string {
  const timeoutSeconds = functionTimeoutSeconds(settings, operation);
  return `quotas.${operation}.ratePerSecond times quotaShare is too low for batchSize and the concurrency of both lanes: a full batch would take ${timeoutSeconds} seconds, and a function has at most ${MAX_FUNCTION_SECONDS}. Lower batchSize, maximumConcurrency or backfillMaximumConcurrency.`;
}

/**
 * How many invocations may draw on the bucket of one Connect API at once: they share its quota. Every operation has one
 * event source mapping for each lane, and no other function calls its API. The backfill counts while it is switched off
 * too: an operator can switch its mapping on at any moment, and then no function has been given another timeout or pace.
 */
export const workersOnBucket = ({ maximumConcurrency, backfillMaximumConcurrency }: Settings): number =>
  maximumConcurrency + backfillMaximumConcurrency;

/** The function's timeout, in whole seconds: time for a full batch at the pace of the quota, and for one call twice. */
export function functionTimeoutSeconds(settings: Settings, operation: Operation): number {
  const { batchSize, callTimeoutSeconds, closingTimeSeconds } = settings;
  const batchSeconds = (1.5 * batchSize * workersOnBucket(settings)) / quotaOf(settings, operation).ratePerSecond;
  return Math.ceil(Math.max(batchSeconds, callTimeoutSeconds) + callTimeoutSeconds + closingTimeSeconds);
}

const quotaOf = ({ quotas, quotaShare }: Settings, operation: Operation): Pace =>
  plannedQuota(quotas[operation], quotaShare);

/** Lambda asks for six times the function's timeout, so that a throttled invocation can be tried again. */
export const visibilityTimeoutSeconds = (settings: Settings, operation: Operation): number =>
  6 * functionTimeoutSeconds(settings, operation);

/** What the worker of an operation is told. */
export function workerSettings(settings: Settings, operation: Operation): WorkerSettings {
  const { retry, pause, retention } = settings;
  const quota = quotaOf(settings, operation);
  return {
    quota,
    pace: paceOfEach(quota, workersOnBucket(settings)),
    pause: {
      firstMs: ms(pause.firstSeconds),
      maxMs: ms(pause.maxSeconds),
      longAfterMs: ms(pause.longAfterSeconds),
      longMs: ms(pause.longSeconds),
      probeLeaseMs: ms(settings.callTimeoutSeconds + settings.closingTimeSeconds),
    },
    retry: {
      backoff: { baseMs: ms(retry.backoffBaseSeconds), maxMs: ms(retry.backoffMaxSeconds) },
      transient: { attempts: retry.transientAttempts, ageMs: ms(retry.transientAgeSeconds) },
      conflict: { attempts: retry.conflictAttempts },
      denied: { ageMs: ms(retry.deniedAgeSeconds) },
      capacityRefusals: retry.capacityRefusals,
    },
    tokenWindowMs: ms(settings.tokenWindowSeconds[operation]),
    holdMs: ms(settings.holdSeconds),
    callTimeoutMs: ms(settings.callTimeoutSeconds),
    closingTimeMs: ms(settings.closingTimeSeconds),
    queueRetentionMs: ms(retention.queueSeconds),
    staleMarginMs: ms(retention.staleMarginSeconds),
  };
}

const ms = (inSeconds: number): number => Math.round(inSeconds * 1000);
