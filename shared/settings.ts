import * as z from "zod";
import { parseConnectInstanceArn } from "./connect-instance.ts";
import { OPERATIONS, type Operation } from "./contract/operation.ts";
import { knownSettingsOnly } from "./known-settings-only.ts";
import { paceOfEach } from "./rate-limiter/pace.ts";
import { failed, type Result, succeeded } from "./result.ts";
import { settingsSentence } from "./settings-sentence.ts";
import type { WorkerSettings } from "./worker/worker-settings.ts";

// What a deployment can be set to, and what follows from it. Plain data and arithmetic: the same on synth, in a
// function, and on one machine.

const HOUR = 3_600;
const DAY = 24 * HOUR;

function seconds(least: number, most: number) {
  const error = `must be a number of seconds from ${least} to ${most}`;
  return z.number({ error }).min(least, { error }).max(most, { error });
}

function whole(least: number, most: number) {
  const error = `must be a whole number from ${least} to ${most}`;
  return z.int({ error }).min(least, { error }).max(most, { error });
}

const group = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.strictObject(shape, { error: knownSettingsOnly(Object.keys(shape)) });

const RATE = "must be a number above 0 and at most 1000";

const quotaSchema = group({
  /** Calls a second that AWS allows this account and Region. */
  ratePerSecond: z.number({ error: RATE }).positive({ error: RATE }).max(1_000, { error: RATE }).default(2),
  /** Calls at once after a rest. */
  burst: whole(1, 10_000).default(5),
});

const quotasSchema = group({
  StartEmailContact: quotaSchema.prefault({}),
  StartOutboundEmailContact: quotaSchema.prefault({}),
  CreateContact: quotaSchema.prefault({}),
  StartOutboundChatContact: quotaSchema.prefault({}),
} satisfies Record<Operation, unknown>);

const retrySchema = group({
  backoffBaseSeconds: seconds(0.01, HOUR).default(5),
  backoffMaxSeconds: seconds(0.01, 12 * HOUR).default(15 * 60),
  transientAttempts: whole(1, 1_000).default(10),
  transientAgeSeconds: seconds(0, 10 * DAY).default(6 * HOUR),
  conflictAttempts: whole(1, 1_000).default(5),
  deniedAgeSeconds: seconds(0, 10 * DAY).default(HOUR),
  capacityRefusals: whole(1, 100).default(3),
});

const pauseSchema = group({
  firstSeconds: seconds(0.01, HOUR).default(60),
  maxSeconds: seconds(0.01, 12 * HOUR).default(15 * 60),
  longAfterSeconds: seconds(0.01, 10 * DAY).default(DAY),
  longSeconds: seconds(0.01, 12 * HOUR).default(HOUR),
});

const retentionSchema = group({
  queueSeconds: whole(60, 14 * DAY).default(13 * DAY),
  deadLetterSeconds: whole(60, 14 * DAY).default(14 * DAY),
  /** A message this close to its deletion is dead-lettered. */
  staleMarginSeconds: seconds(0, 5 * DAY).default(12 * HOUR),
});

const INSTANCE_ARN = "arn:aws:connect:REGION:ACCOUNT:instance/ID";
const INSTANCE = `must be the ARN of a Connect instance: ${INSTANCE_ARN}`;
const INSTANCES = "must be a list with at least one ARN of a Connect instance";
const PREFIX = "must be 2 to 38 lower-case letters, digits and hyphens, a letter first, no hyphen last";

const settingsSchema = group({
  /** The Connect instances that are served. The first is the default of requests that name none. */
  connectInstanceArns: z
    .array(
      z
        .string({ error: INSTANCE })
        .refine((arn) => parseConnectInstanceArn(arn) !== undefined, { error: INSTANCE, abort: true }),
      { error: INSTANCES },
    )
    .min(1, { error: INSTANCES })
    .refine((arns) => new Set(arns.map(placeOf)).size <= 1, {
      error: "must all be in one account and Region: make a deployment, with a settings file, for each",
    }),
  /** Begins the name of every queue, bucket and function of the deployment; Lambda takes names of 64 characters. */
  prefix: z
    .string({ error: PREFIX })
    .regex(/^[a-z][a-z0-9-]{0,36}[a-z0-9]$/, { error: PREFIX })
    .default("contact-requests"),
  quotas: quotasSchema.prefault({}),
  /** Records for one invocation. */
  batchSize: whole(1, 10).default(10),
  /** Invocations at once for each event source mapping. Lambda takes no less than 2. */
  maximumConcurrency: whole(2, 1_000).default(2),
  /** The longest that one call to Connect may take. */
  callTimeoutSeconds: seconds(0.1, 60).default(10),
  /** What a worker keeps of its time after the last call. */
  closingTimeSeconds: seconds(0.1, 60).default(3),
  retry: retrySchema
    .refine(({ backoffBaseSeconds, backoffMaxSeconds }) => backoffBaseSeconds <= backoffMaxSeconds, {
      path: ["backoffMaxSeconds"],
      error: "must be at least backoffBaseSeconds: raise it",
    })
    .prefault({}),
  pause: pauseSchema
    .refine(({ firstSeconds, maxSeconds }) => firstSeconds <= maxSeconds, {
      path: ["maxSeconds"],
      error: "must be at least firstSeconds: raise it",
    })
    .prefault({}),
  retention: retentionSchema
    .refine(({ queueSeconds, deadLetterSeconds }) => deadLetterSeconds > queueSeconds, {
      path: ["deadLetterSeconds"],
      error: "must be longer than queueSeconds, since a dead letter that SQS moves keeps its age: lower queueSeconds",
    })
    .refine(({ queueSeconds, staleMarginSeconds }) => staleMarginSeconds < queueSeconds, {
      path: ["staleMarginSeconds"],
      error: "must be shorter than queueSeconds, or every message is dead-lettered on arrival: lower it",
    })
    .prefault({}),
});

/** The account and Region of an ARN. */
const placeOf = (arn: string): string => arn.split(":").slice(3, 5).join(":");

/** What may be given; everything but `connectInstanceArns` has a default. */
export type SettingsInput = z.input<typeof settingsSchema>;

/** A deployment's settings, complete and checked. */
export type Settings = z.output<typeof settingsSchema>;

/** Lambda's limit. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const MAX_FUNCTION_SECONDS = 900;

/** Checks settings and fills in the defaults; else one sentence for each thing that is wrong, with what to type. */
export function parseSettings(candidate: unknown): Result<Settings, readonly string[]> {
  const parsed = settingsSchema.safeParse(candidate);
  if (!parsed.success) return failed(parsed.error.issues.map((issue) => settingsSentence(issue, EXAMPLES)));
  const tooLong = OPERATIONS.filter(
    (operation) => functionTimeoutSeconds(parsed.data, operation) > MAX_FUNCTION_SECONDS,
  );
  return tooLong.length === 0
    ? succeeded(parsed.data)
    : failed(tooLong.map((each) => tooLongSentence(parsed.data, each)));
}

const EXAMPLES = {
  ...settingsSchema.omit({ connectInstanceArns: true }).parse({}),
  connectInstanceArns: [INSTANCE_ARN],
};

function tooLongSentence(settings: Settings, operation: Operation): string {
  const timeoutSeconds = functionTimeoutSeconds(settings, operation);
  return `quotas.${operation}.ratePerSecond is too low for batchSize and maximumConcurrency: a full batch would take ${timeoutSeconds} seconds, and a function has at most ${MAX_FUNCTION_SECONDS}. Lower batchSize or maximumConcurrency.`;
}

/**
 * How many invocations may draw on the bucket of one Connect API at once: they share its quota. Every operation has one
 * event source mapping, and no other function calls its API.
 */
export const workersOnBucket = ({ maximumConcurrency }: Settings): number => maximumConcurrency;

/** The function's timeout, in whole seconds: time for a full batch at the pace of the quota, and for one call twice. */
export function functionTimeoutSeconds(settings: Settings, operation: Operation): number {
  const { batchSize, callTimeoutSeconds, closingTimeSeconds, quotas } = settings;
  const batchSeconds = (1.5 * batchSize * workersOnBucket(settings)) / quotas[operation].ratePerSecond;
  return Math.ceil(Math.max(batchSeconds, callTimeoutSeconds) + callTimeoutSeconds + closingTimeSeconds);
}

/** Lambda asks for six times the function's timeout, so that a throttled invocation can be tried again. */
export const visibilityTimeoutSeconds = (settings: Settings, operation: Operation): number =>
  6 * functionTimeoutSeconds(settings, operation);

/** What the worker of an operation is told. */
export function workerSettings(settings: Settings, operation: Operation): WorkerSettings {
  const { retry, pause, retention } = settings;
  return {
    pace: paceOfEach(settings.quotas[operation], workersOnBucket(settings)),
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
    callTimeoutMs: ms(settings.callTimeoutSeconds),
    closingTimeMs: ms(settings.closingTimeSeconds),
    queueRetentionMs: ms(retention.queueSeconds),
    staleMarginMs: ms(retention.staleMarginSeconds),
  };
}

const ms = (inSeconds: number): number => Math.round(inSeconds * 1000);
