import * as z from "zod";
import { ISSUE_CODES } from "../contract/issue.ts";
import { OPERATIONS } from "../contract/operation.ts";

/** Every `FailureKind`: where one is missing, no failure of that kind can be told, which does not compile. */
const FAILURE_KINDS = [
  "invalid",
  "expired",
  "stale",
  "rejected",
  "denied",
  "throttled",
  "at-capacity",
  "conflict",
  "token-conflict",
  "transient",
  "outcome-unknown",
  "cancelled",
] as const;

const issue = z.strictObject({ path: z.string(), code: z.enum(ISSUE_CODES), message: z.string() });

/** The `detail` of a `Contact Request Failed` event: the request is a dead letter, or its backfill was cancelled. Not final, since it can be redriven. */
export const contactRequestFailed = z.strictObject({
  /** Null where the message does not say it legibly. */
  requestId: z.string().nullable(),
  /** Null where the message does not say it legibly, or at all. */
  source: z.string().nullable(),
  /** The operation that the queue serves. */
  operation: z.enum(OPERATIONS),
  /** Null where the message was refused before it was clear which instance it asks for. */
  instanceId: z.string().nullable(),
  failure: z.strictObject({
    code: z.string(),
    kind: z.enum(FAILURE_KINDS),
    message: z.string(),
    /** The first 20 of them, with keys that the upstream chose as positions: `input.Attributes{3}`. */
    issues: z.array(issue).optional(),
    issueCount: z.int().positive().optional(),
  }),
  /** `none`: Connect has certainly made no contact. `unknown`: it may have. */
  contact: z.enum(["none", "unknown"]),
  /** Calls that counted, in this round. */
  attempts: z.int().nonnegative(),
  at: z.iso.datetime(),
});

export type ContactRequestFailed = z.infer<typeof contactRequestFailed>;
