import * as z from "zod";
import { ISSUE_CODES } from "../contract/issue.ts";
import type { FailureKind } from "../failures/failure.ts";
import type { LedgerItem } from "../ledger/ledger-item.ts";

const FAILURE_KINDS = {
  invalid: "invalid",
  expired: "expired",
  stale: "stale",
  rejected: "rejected",
  denied: "denied",
  throttled: "throttled",
  "at-capacity": "at-capacity",
  conflict: "conflict",
  "token-conflict": "token-conflict",
  transient: "transient",
  "outcome-unknown": "outcome-unknown",
  cancelled: "cancelled",
} as const satisfies { readonly [Kind in FailureKind]: Kind };

const count = z.int().nonnegative();
/** Epoch milliseconds. */
const moment = z.number();

const tried = {
  version: z.int().positive(),
  contentHash: z.string(),
  attempts: count,
  firstAttemptAtMs: moment.exactOptional(),
  lastAttemptAtMs: moment.exactOptional(),
  finishedAttemptId: z.string().exactOptional(),
  doubtSinceMs: moment.exactOptional(),
  tokenRefused: z.boolean().exactOptional(),
  duplicateAccepted: z.boolean().exactOptional(),
  earlierDoubt: z.boolean().exactOptional(),
  capacityRefusals: z.strictObject({ count, lastAtMs: moment }).exactOptional(),
  draft: z.int().positive().exactOptional(),
};

const failure = z.strictObject({
  code: z.string(),
  kind: z.enum(FAILURE_KINDS),
  message: z.string(),
  issues: z.array(z.strictObject({ path: z.string(), code: z.enum(ISSUE_CODES), message: z.string() })).exactOptional(),
});

/**
 * The ledger's part of an item in the state table. An attribute that it does not know is an error: whoever reads past it
 * would drop it with the next write, and with it what a newer version knows of the request.
 */
export const storedLedgerItem: z.ZodType<LedgerItem> = z.discriminatedUnion("state", [
  z.strictObject({
    ...tried,
    state: z.literal("open"),
    lease: z.strictObject({ attemptId: z.string(), sinceMs: moment, untilMs: moment }).exactOptional(),
  }),
  z.strictObject({
    ...tried,
    state: z.literal("started"),
    contactId: z.string(),
    draftContactId: z.string().exactOptional(),
    endedAtMs: moment.exactOptional(),
  }),
  z.strictObject({
    ...tried,
    state: z.literal("failed"),
    failure,
    messageId: z.string(),
  }),
]);
