import type { Claim } from "./claim.ts";
import { draftOf } from "./draft-of.ts";
import { type LastingMarks, lastingMarks } from "./lasting-marks.ts";
import type { FailedItem } from "./ledger-item.ts";

/** What a round takes over from the one before it. Doubt outlives its round; an operator's acceptance of it is for this one. */
export interface RoundStart extends LastingMarks {
  readonly draft?: number;
  readonly doubtSinceMs?: number;
}

/**
 * The start of the round after this failure, for the delivery that makes this claim.
 *
 * What is sent on a draft: a round after one without doubt has a draft of its own, since the old one is ended. As long as
 * the client token of a round in doubt protects the customer from a second e-mail, the round after it keeps token and
 * draft. Where it protects no longer, an operator alone can accept another round, to which the old token is of no use.
 */
export function startOfNewRound(item: FailedItem, claim: Claim, nowMs: number): RoundStart {
  const { doubtSinceMs, duplicateAccepted } = item;
  if (claim.drafts === undefined) return sameDraft(item);
  if (doubtSinceMs === undefined) return { ...lastingMarks(item), draft: draftOf(item) + 1 };
  if (duplicateAccepted !== true || isProtected(item, doubtSinceMs, { claim, nowMs })) return sameDraft(item);
  // The doubt was about the old token, and so was the acceptance of it: a doubt to come is another one.
  return { draft: draftOf(item) + 1, earlierDoubt: true };
}

const sameDraft = (item: FailedItem): RoundStart => ({
  ...lastingMarks(item),
  ...(item.draft !== undefined && { draft: item.draft }),
  ...(item.doubtSinceMs !== undefined && { doubtSinceMs: item.doubtSinceMs }),
});

/** Whether Connect would still answer the same call under the same token with the contact that it may have made. */
const isProtected = (
  { tokenRefused, contentHash }: FailedItem,
  doubtSinceMs: number,
  { claim, nowMs }: { readonly claim: Claim; readonly nowMs: number },
): boolean => tokenRefused !== true && contentHash === claim.contentHash && nowMs - doubtSinceMs < claim.tokenWindowMs;
