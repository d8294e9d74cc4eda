import type { Claim } from "./claim.ts";
import type { FailedItem, LedgerItem, OpenItem } from "./ledger-item.ts";
import { CONTENT_DIFFERS } from "./refusals.ts";
import type { History, SettledStanding, Standing } from "./standing.ts";

/** How the request stands at `nowMs` for the delivery that makes this claim. */
export function standingOf(item: LedgerItem | undefined, claim: Claim, nowMs: number): Standing {
  if (item === undefined) return { kind: "open", history: { attempts: 0, inDoubt: false } };
  switch (item.state) {
    case "started":
      return differs(item, claim) ? contentDiffers(item, nowMs) : { kind: "started", contactId: item.contactId };
    case "open":
      return standingOfOpen(item, claim, nowMs);
    case "failed":
      return standingOfFailed(item, claim, nowMs);
  }
}

function standingOfOpen(item: OpenItem, claim: Claim, nowMs: number): Standing {
  if (differs(item, claim)) return contentDiffers(item, nowMs);
  if (item.lease !== undefined && nowMs < item.lease.untilMs) return { kind: "held", untilMs: item.lease.untilMs };
  return callable(item, claim, nowMs);
}

function standingOfFailed(item: FailedItem, claim: Claim, nowMs: number): Standing {
  if (item.messageId === claim.messageId) {
    return { kind: "refused", failure: item.failure, history: historyOf(item, nowMs) };
  }
  const newRound: Standing = { kind: "open", history: { attempts: 0, inDoubt: false } };
  if (item.duplicateAccepted === true || item.doubtSinceMs === undefined) return newRound;
  if (differs(item, claim)) return contentDiffers(item, nowMs);
  // Connect would refuse the same token again.
  if (item.failure.kind === "token-conflict") return { kind: "outcome-unknown", history: historyOf(item, nowMs) };
  return callable({ ...item, attempts: 0 }, claim, nowMs);
}

/** Whether the client token still protects a request that may have a contact already. */
function callable(item: LedgerItem, claim: Claim, nowMs: number): Standing {
  const history = historyOf(item, nowMs);
  const sinceMs = doubtSinceMs(item, nowMs);
  const overdue = sinceMs !== undefined && nowMs - sinceMs >= claim.tokenWindowMs;
  return overdue ? { kind: "outcome-unknown", history } : { kind: "open", history };
}

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
  const { attempts, firstAttemptAtMs, capacityRefusals } = item;
  return {
    attempts,
    ...(attempts > 0 && firstAttemptAtMs !== undefined && { firstAttemptAtMs }),
    inDoubt: doubtSinceMs(item, nowMs) !== undefined,
    ...(capacityRefusals !== undefined && { capacityRefusals }),
  };
}
