import { failed, type Result, succeeded } from "../result.ts";
import type { Claim } from "./claim.ts";
import { lastingMarks } from "./lasting-marks.ts";
import type { Lease, LedgerItem, OpenItem } from "./ledger-item.ts";
import type { Attempt, SettledStanding } from "./standing.ts";
import { doubtSinceMs, historyOf, standingOf } from "./standing-of.ts";

/** A request held for one attempt: the item to write, and the attempt as the worker knows it. */
export interface Begun {
  readonly item: OpenItem;
  readonly attempt: Attempt;
}

/** The item with one more attempt begun under this lease; the standing instead if the request is not open. */
export function beginAttempt(item: LedgerItem | undefined, claim: Claim, lease: Lease): Result<Begun, SettledStanding> {
  const standing = standingOf(item, claim, lease.sinceMs);
  if (standing.kind !== "open") return failed(standing);
  const begun = item === undefined || item.state === "failed" ? newRound(item, claim, lease) : nextAttempt(item, lease);
  const { firstAttemptAtMs = lease.sinceMs, ...history } = historyOf(begun, lease.sinceMs);
  return succeeded({ item: begun, attempt: { ...history, id: lease.attemptId, firstAttemptAtMs } });
}

/** A round counts from one again. Doubt outlives its round, and so does an operator's acceptance of it. */
function newRound(item: LedgerItem | undefined, { contentHash }: Claim, lease: Lease): OpenItem {
  const { doubtSinceMs: inherited } = item ?? {};
  return {
    state: "open",
    version: (item?.version ?? 0) + 1,
    contentHash,
    attempts: 1,
    firstAttemptAtMs: lease.sinceMs,
    lastAttemptAtMs: lease.sinceMs,
    lease,
    ...lastingMarks(item),
    ...(inherited !== undefined && { doubtSinceMs: inherited }),
  };
}

function nextAttempt(item: LedgerItem, lease: Lease): OpenItem {
  const { version, contentHash, attempts, firstAttemptAtMs, capacityRefusals } = item;
  const doubtful = doubtSinceMs(item, lease.sinceMs);
  return {
    state: "open",
    version: version + 1,
    contentHash,
    attempts: attempts + 1,
    firstAttemptAtMs: firstAttemptAtMs ?? lease.sinceMs,
    lastAttemptAtMs: lease.sinceMs,
    lease,
    ...lastingMarks(item),
    ...(doubtful !== undefined && { doubtSinceMs: doubtful }),
    ...(capacityRefusals !== undefined && { capacityRefusals }),
  };
}
