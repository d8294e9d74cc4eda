import { failed, type Result, succeeded } from "../result.ts";
import type { Claim } from "./claim.ts";
import { draftOf } from "./draft-of.ts";
import { lastingMarks } from "./lasting-marks.ts";
import type { Lease, LedgerItem, OpenItem } from "./ledger-item.ts";
import { startOfNewRound } from "./new-round.ts";
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
  const begun = item?.state === "open" ? nextAttempt(item, lease) : firstAttempt(item, claim, lease);
  const { firstAttemptAtMs = lease.sinceMs, ...history } = historyOf(begun, lease.sinceMs);
  return succeeded({ item: begun, attempt: { ...history, id: lease.attemptId, firstAttemptAtMs } });
}

/** A round counts from one again. */
function firstAttempt(item: LedgerItem | undefined, claim: Claim, lease: Lease): OpenItem {
  const start = item?.state === "failed" ? startOfNewRound(item, claim, lease.sinceMs) : {};
  return {
    ...(claim.drafts !== undefined && { draft: draftOf(start) }),
    ...start,
    state: "open",
    version: (item?.version ?? 0) + 1,
    contentHash: claim.contentHash,
    attempts: 1,
    firstAttemptAtMs: lease.sinceMs,
    lastAttemptAtMs: lease.sinceMs,
    lease,
  };
}

function nextAttempt(item: OpenItem, lease: Lease): OpenItem {
  const { version, contentHash, attempts, firstAttemptAtMs, capacityRefusals, draft } = item;
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
    ...(draft !== undefined && { draft }),
  };
}
