import * as z from "zod";
import { parseConnectInstanceArn } from "./connect-instance.ts";
import type { ConnectApi } from "./contract/operation.ts";
import type { PacedApi } from "./contract/paced-api.ts";
import { knownSettingsOnly } from "./known-settings-only.ts";

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

const quota = (byDefault: { readonly ratePerSecond: number; readonly burst: number }) =>
  group({
    /** Calls a second that AWS allows this account and Region. */
    ratePerSecond: z
      .number({ error: RATE })
      .positive({ error: RATE })
      .max(1_000, { error: RATE })
      .default(byDefault.ratePerSecond),
    /** Calls at once after a rest. */
    burst: whole(1, 10_000).default(byDefault.burst),
  }).prefault({});

/** What AWS gives every account. https://docs.aws.amazon.com/connect/latest/adminguide/amazon-connect-service-limits.html */
const START = { ratePerSecond: 2, burst: 5 };
const STOP = { ratePerSecond: 10, burst: 15 };

const quotasSchema = group({
  StartEmailContact: quota(START),
  StartOutboundEmailContact: quota(START),
  CreateContact: quota(START),
  StartOutboundChatContact: quota(START),
  StopContact: quota(STOP),
} satisfies Record<PacedApi, unknown>);

/** https://docs.aws.amazon.com/connect/latest/adminguide/amazon-connect-service-limits.html */
const openContactsSchema = group({
  chat: whole(1, 1_000_000).default(500),
  email: whole(1, 1_000_000).default(1_000),
  task: whole(1, 1_000_000).default(2_500),
});

const SHARE = "must be a number above 0 and at most 1";
const SWITCH = "must be true or false";

/** No API's client token is known to protect for longer than the seven days of outbound chat. */
const tokenWindow = (byDefault: number) => seconds(0, 7 * DAY).default(byDefault);

const tokenWindowSchema = group({
  StartEmailContact: tokenWindow(12 * HOUR),
  StartOutboundEmailContact: tokenWindow(12 * HOUR),
  CreateContact: tokenWindow(12 * HOUR),
  StartOutboundChatContact: tokenWindow(7 * DAY - HOUR),
} satisfies Record<ConnectApi, unknown>);

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

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const BUCKET_NAME = /^[a-z0-9](?!.*\.\.)[a-z0-9.-]{1,61}[a-z0-9]$/;
const BUCKET = "must be the name of a bucket: 3 to 63 lower-case letters, digits, hyphens and dots";
const BUCKETS = "must be a list of the names of buckets";

/** Who may be named in a resource's policy. A session or a wildcard may not. */
const PRINCIPAL_ARN = /^arn:aws[a-z-]*:iam::\d{12}:(?:root|(?:role|user)\/[\w+=,.@/-]{1,576})$/;
const SENDER = "must be the ARN of an account, a role or a user: arn:aws:iam::ACCOUNT:role/NAME";
const SENDERS = "must be a list of the ARNs of accounts, roles or users";

const listOf = (pattern: RegExp, { each, all }: { readonly each: string; readonly all: string }) =>
  z
    .array(z.string({ error: each }).regex(pattern, { error: each }), { error: all })
    .refine((names) => new Set(names).size === names.length, { error: `${all}, each of them once` })
    .default([]);

const INSTANCE_ARN = "arn:aws:connect:REGION:ACCOUNT:instance/ID";
const INSTANCE = `must be the ARN of a Connect instance: ${INSTANCE_ARN}`;
const INSTANCES = "must be a list with at least one ARN of a Connect instance";
const PREFIX = "must be 2 to 38 lower-case letters, digits and hyphens, a letter first, no hyphen last";

/** What a deployment can be set to, with the defaults, and a rule for each setting as the end of a sentence. */
export const settingsSchema = group({
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
  /** How many contacts of a channel an instance may have open at once. A plan of a backfill is held against it. */
  openContacts: openContactsSchema.prefault({}),
  /** What part of these quotas this deployment may plan with, where others use them too. */
  quotaShare: z.number({ error: SHARE }).positive({ error: SHARE }).max(1, { error: SHARE }).default(1),
  /**
   * For how long a call whose answer was lost may be made again under its client token. AWS documents it for outbound
   * chat alone; for the others it is an assumption.
   */
  tokenWindowSeconds: tokenWindowSchema.prefault({}),
  /** The buckets from which attachments may come, as `s3://bucket/key`. A bucket's own policy and key are its owner's. */
  attachmentBuckets: listOf(BUCKET_NAME, { each: BUCKET, all: BUCKETS }),
  /** Who may send requests, also from other accounts: the ARNs of roles, users and whole accounts. */
  senders: listOf(PRINCIPAL_ARN, { each: SENDER, all: SENDERS }),
  /** Records for one invocation. */
  batchSize: whole(1, 10).default(10),
  /** Invocations at once for each event source mapping of a live queue. Lambda takes no less than 2. */
  maximumConcurrency: whole(2, 1_000).default(2),
  /** The same for each backfill queue. */
  backfillMaximumConcurrency: whole(2, 1_000).default(2),
  /** `false` leaves backfill requests in their queues; live ones go on. */
  backfillEnabled: z.boolean({ error: SWITCH }).default(true),
  /** How many ranges of a backfill's file are fed at once. The queues take far more than the quota lets through. */
  backfillFeedConcurrency: whole(1, 100).default(2),
  /** How long a worker holds a batch that is paused as a whole, before it gives it back. */
  holdSeconds: seconds(0, 60).default(5),
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
      error:
        "must be longer than queueSeconds, since a dead letter that SQS moves keeps its age: raise it, or lower queueSeconds",
    })
    .refine(({ queueSeconds, staleMarginSeconds }) => staleMarginSeconds < queueSeconds, {
      path: ["staleMarginSeconds"],
      error:
        "must be shorter than queueSeconds, or every message is dead-lettered on arrival: raise queueSeconds, or lower this as far as the longest wait of a message allows",
    })
    .prefault({}),
});

/** The account and Region of an ARN. */
const placeOf = (arn: string): string => arn.split(":").slice(3, 5).join(":");

/** Settings that can be typed: every one with its default. */
export const SETTINGS_EXAMPLES = {
  ...settingsSchema.omit({ connectInstanceArns: true }).parse({}),
  connectInstanceArns: [INSTANCE_ARN],
  attachmentBuckets: ["my-attachments"],
  senders: ["arn:aws:iam::ACCOUNT:role/NAME"],
};
