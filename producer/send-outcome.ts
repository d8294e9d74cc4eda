import type { PrintedIssue } from "#shared/contract/issue.ts";

/** What became of one request. */
export type SendOutcome = RequestPlace & (Sent | Refused | Failed);

export interface RequestPlace {
  /** Which request of this call it was, from 0. */
  readonly index: number;
  /** Null where the request does not say it legibly. */
  readonly requestId: string | null;
}

/** It is on its queue. */
export interface Sent {
  readonly kind: "sent";
  /** The message id that SQS gave. */
  readonly messageId: string;
}

/** It does not fulfil the contract: it must be corrected, and was not sent. */
export interface Refused {
  readonly kind: "refused";
  /** All that is wrong with it, without any value or map key of it: safe to log. */
  readonly issues: readonly PrintedIssue[];
}

/**
 * It is good, and no answer says that it is on its queue. It may be there all the same, where the answer was lost: send it again
 * under the same requestId, which makes one contact however often it arrives.
 */
export interface Failed {
  readonly kind: "failed";
  /** A sentence for people, safe to log. */
  readonly reason: string;
  /** It would fail again until something is mended: rights, a queue's or bucket's name, a package, its size. */
  readonly isFinal: boolean;
}
