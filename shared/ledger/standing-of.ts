import type { Claim } from "./claim.ts";
import { needsAnOperator } from "./lasting-marks.ts";
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
  const newRound = { ...item, attempts: 0 };
  if (item.duplicateAccepted === true || item.doubtSinceMs === undefined) return open(newRound, nowMs);
  if (differs(item, claim)) return contentDiffers(item, nowMs);
  return callable(newRound, claim, nowMs);
}

/** Whether the client token still protects a request that may have a contact already, or an operator has accepted the risk. */
function callable(item: LedgerItem, claim: Claim, nowMs: number): Standing {
  const sinceMs = doubtSinceMs(item, nowMs);
  const overdue = sinceMs !== undefined && nowMs - sinceMs >= claim.tokenWindowMs;
  const mayBeSent = item.duplicateAccepted === true || (!overdue && !needsAnOperator(item));
  return mayBeSent ? open(item, nowMs) : { kind: "outcome-unknown", history: historyOf(item, nowMs) };
}

const open = (item: LedgerItem, nowMs: number): Standing => ({ kind: "open", history: historyOf(item, nowMs) });

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
