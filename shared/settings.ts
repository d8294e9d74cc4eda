import type * as z from "zod";
import { apisOf } from "./contract/apis-of.ts";
import { CONNECT_APIS, OPERATIONS, type Operation } from "./contract/operation.ts";
import type { PacedApi } from "./contract/paced-api.ts";
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
  const slowest = apisOf(operation).toSorted(
    (one, other) => batchSeconds(settings, other) - batchSeconds(settings, one),
  );
  return `quotas.${slowest[0]}.ratePerSecond times quotaShare is too low for batchSize and the concurrency of both lanes: a full batch of ${operation} would take ${timeoutSeconds} seconds, and a function has at most ${MAX_FUNCTION_SECONDS}. Lower batchSize, maximumConcurrency or backfillMaximumConcurrency, or raise quotaShare.`;
}

/**
 * How many invocations may draw on the bucket of one Connect API at once: they share its quota. Every operation has one
 * event source mapping for each lane, and an outbound e-mail calls the APIs of other operations too. The backfill counts
 * while it is switched off as well: an operator can switch its mapping on at any moment, and then no function has been
 * given another timeout or pace.
 */
export function workersOnBucket(settings: Settings, api: PacedApi): number {
  const { maximumConcurrency, backfillMaximumConcurrency } = settings;
  const callers = OPERATIONS.filter((operation) => apisOf(operation).includes(api));
  return callers.length * (maximumConcurrency + backfillMaximumConcurrency);
}

/**
 * The function's timeout, in whole seconds: time for a full batch at the pace of the quota, through one bucket after the
 * other, and for every call once, one of them twice.
 */
export function functionTimeoutSeconds(settings: Settings, operation: Operation): number {
  const { callTimeoutSeconds, closingTimeSeconds } = settings;
  const apis = apisOf(operation);
  const throughAllSeconds = apis.reduce((sum, api) => sum + batchSeconds(settings, api), 0);
  return Math.ceil(
    Math.max(throughAllSeconds, apis.length * callTimeoutSeconds) + callTimeoutSeconds + closingTimeSeconds,
  );
}

/** How long a full batch takes at one bucket, where all who draw on it have one. */
const batchSeconds = (settings: Settings, api: PacedApi): number =>
  (1.5 * settings.batchSize * workersOnBucket(settings, api)) / quotaOf(settings, api).ratePerSecond;

const quotaOf = ({ quotas, quotaShare }: Settings, api: PacedApi): Pace => plannedQuota(quotas[api], quotaShare);

/** Lambda asks for six times the function's timeout, so that a throttled invocation can be tried again. */
export const visibilityTimeoutSeconds = (settings: Settings, operation: Operation): number =>
  6 * functionTimeoutSeconds(settings, operation);

/** What the worker of an operation is told. */
export function workerSettings(settings: Settings, operation: Operation): WorkerSettings {
  const { retry, pause, retention } = settings;
  const apis = apisOf(operation);
  return {
    quotas: Object.fromEntries(apis.map((api) => [api, workerQuota(settings, api)])),
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
    tokenWindowMs: Object.fromEntries(
      CONNECT_APIS.filter((api) => apis.includes(api)).map((api) => [api, ms(settings.tokenWindowSeconds[api])]),
    ),
    holdMs: ms(settings.holdSeconds),
    callTimeoutMs: ms(settings.callTimeoutSeconds),
    closingTimeMs: ms(settings.closingTimeSeconds),
    queueRetentionMs: ms(retention.queueSeconds),
    staleMarginMs: ms(retention.staleMarginSeconds),
  };
}

function workerQuota(settings: Settings, api: PacedApi): { readonly quota: Pace; readonly pace: Pace } {
  const quota = quotaOf(settings, api);
  return { quota, pace: paceOfEach(quota, workersOnBucket(settings, api)) };
}

const ms = (inSeconds: number): number => Math.round(inSeconds * 1000);
