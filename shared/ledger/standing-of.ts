import type { Claim } from "./claim.ts";
import { draftOf, FIRST_DRAFT } from "./draft-of.ts";
import { needsAnOperator } from "./lasting-marks.ts";
import type { FailedItem, LedgerItem, OpenItem, StartedItem } from "./ledger-item.ts";
import { type RoundStart, startOfNewRound } from "./new-round.ts";
import { CONTENT_DIFFERS } from "./refusals.ts";
import type { History, OpenStanding, SettledStanding, Standing } from "./standing.ts";

/** How the request stands at `nowMs` for the delivery that makes this claim. */
export function standingOf(item: LedgerItem | undefined, claim: Claim, nowMs: number): Standing {
  const standing = standingOnAnyDraft(item, claim, nowMs);
  const inHand = claim.drafts?.inHand;
  const hasMovedOn = standing.kind === "open" && inHand !== undefined && inHand !== standing.draft;
  return hasMovedOn ? { kind: "moved-on" } : standing;
}

function standingOnAnyDraft(item: LedgerItem | undefined, claim: Claim, nowMs: number): Standing {
  if (item === undefined) return { kind: "open", history: { attempts: 0, inDoubt: false }, draft: FIRST_DRAFT };
  switch (item.state) {
    case "started":
      return differs(item, claim) ? contentDiffers(item, nowMs) : started(item);
    case "open":
      return standingOfOpen(item, claim, nowMs);
    case "failed":
      return standingOfFailed(item, claim, nowMs);
  }
}

const started = ({ contactId, draftContactId, attempts }: StartedItem): SettledStanding => ({
  kind: "started",
  contactId,
  ...(draftContactId !== undefined && { draftContactId }),
  attempts,
});

function standingOfOpen(item: OpenItem, claim: Claim, nowMs: number): Standing {
  if (differs(item, claim)) return contentDiffers(item, nowMs);
  if (item.lease !== undefined && nowMs < item.lease.untilMs) return { kind: "held", untilMs: item.lease.untilMs };
  return callable(item, claim, nowMs);
}

function standingOfFailed(item: FailedItem, claim: Claim, nowMs: number): Standing {
  const isAbandoned = claim.drafts !== undefined && item.doubtSinceMs === undefined;
  const abandoned = isAbandoned ? { abandonedDraft: draftOf(item) } : {};
  if (item.messageId === claim.messageId) {
    return { kind: "refused", failure: item.failure, history: historyOf(item, nowMs), ...abandoned };
  }
  const newRound = inRound(item, startOfNewRound(item, claim, nowMs));
  if (item.duplicateAccepted === true || item.doubtSinceMs === undefined)
    return { ...open(newRound, nowMs), ...abandoned };
  if (differs(item, claim)) return contentDiffers(item, nowMs);
  return callable(newRound, claim, nowMs);
}

/** A failed item as the round after it finds it. */
function inRound(item: FailedItem, start: RoundStart): FailedItem {
  const { tokenRefused, duplicateAccepted, earlierDoubt, doubtSinceMs: _before, draft, ...rest } = item;
  return { ...rest, ...start, attempts: 0 };
}

/** Whether the client token still protects a request that may have a contact already, or an operator has accepted the risk. */
function callable(item: LedgerItem, claim: Claim, nowMs: number): Standing {
  const sinceMs = doubtSinceMs(item, nowMs);
  const overdue = sinceMs !== undefined && nowMs - sinceMs >= claim.tokenWindowMs;
  const mayBeSent = item.duplicateAccepted === true || (!overdue && !needsAnOperator(item));
  return mayBeSent ? open(item, nowMs) : { kind: "outcome-unknown", history: historyOf(item, nowMs) };
}

const open = (item: LedgerItem, nowMs: number): OpenStanding => ({
  kind: "open",
  history: historyOf(item, nowMs),
  draft: draftOf(item),
});

const differs = (item: LedgerItem, claim: Claim): boolean => item.contentHash !== claim.contentHash;

const contentDiffers = (item: LedgerItem, nowMs: number): SettledStanding => ({
  kind: "refused",
  failure: CONTENT_DIFFERS,
  history: historyOf(item, nowMs),
});

/** Since when nobody knows whether there is a contact. A lease that has run out is a worker that died in its call. */
export function doubtSinceMs(item: LedgerItem, nowMs: number): number | undefined {
  if (item.doubtSinceMs !== undefined) return item.doubtSinceMs;
  if (item.state !== "open" || item.lease === undefined || nowMs < item.lease.untilMs) return undefined;
  return item.lease.sinceMs;
}

export function historyOf(item: LedgerItem, nowMs: number): History {
  const { attempts, firstAttemptAtMs, capacityRefusals, earlierDoubt = false } = item;
  const sinceMs = doubtSinceMs(item, nowMs);
  const isDoubted = sinceMs !== undefined;
  return {
    attempts,
    ...(attempts > 0 && firstAttemptAtMs !== undefined && { firstAttemptAtMs }),
    inDoubt: isDoubted || earlierDoubt,
    ...(isDoubted && { doubtSinceMs: sinceMs }),
    ...(earlierDoubt && !isDoubted && { isDoubtEarlier: true }),
    ...(capacityRefusals !== undefined && { capacityRefusals }),
  };
}
