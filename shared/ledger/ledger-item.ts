import type { CapacityRefusals } from "../failures/capacity-refusals.ts";
import type { Failure } from "../failures/failure.ts";
import type { LastingMarks } from "./lasting-marks.ts";

/**
 * What the ledger keeps of one request: one item for each instance, operation and requestId.
 *
 * Invariants:
 * - `started` is never overwritten.
 * - There is no contact for certain only while `doubtSinceMs` is absent and no lease stands open.
 */
export type LedgerItem = OpenItem | StartedItem | FailedItem;

/** Tried at least once, without a definite end. */
export interface OpenItem extends Tried {
  readonly state: "open";
  /** Present while a delivery is at work on the request, or since one died at it. */
  readonly lease?: Lease;
}

/** Its contact exists. */
export interface StartedItem extends Tried {
  readonly state: "started";
  readonly contactId: string;
  /** Of what was sent on a draft: the draft's own contact. */
  readonly draftContactId?: string;
  /** Of a draft: when it was ended again, since nothing could be sent on it. */
  readonly endedAtMs?: number;
}

/** Given up in this round. */
export interface FailedItem extends Tried {
  readonly state: "failed";
  readonly failure: Failure;
  /** The message that was given up. Another message under the same requestId may begin a new round. */
  readonly messageId: string;
}

/** What is known in every state. */
interface Tried extends LastingMarks {
  /** Counts the writes: a write names the version that it has seen. */
  readonly version: number;
  readonly contentHash: string;
  /** Attempts of this round that counted. */
  readonly attempts: number;
  readonly firstAttemptAtMs?: number;
  readonly lastAttemptAtMs?: number;
  /** The attempt that was written down last, so that a write whose answer was lost is known again. */
  readonly finishedAttemptId?: string;
  /** The start of the first call whose answer never came. */
  readonly doubtSinceMs?: number;
  readonly capacityRefusals?: CapacityRefusals;
  /** Of what is sent on a draft: which of the request's drafts, from 1. A draft in doubt is kept from round to round. */
  readonly draft?: number;
}

/** Holds the request for one attempt. */
export interface Lease {
  readonly attemptId: string;
  readonly sinceMs: number;
  readonly untilMs: number;
}
