import type { Claim } from "./claim.ts";
import { draftOf } from "./draft-of.ts";
import { lastingMarks } from "./lasting-marks.ts";
import type { LedgerItem, OpenItem } from "./ledger-item.ts";
import { startOfNewRound } from "./new-round.ts";
import type { AttemptOutcome, Standing } from "./standing.ts";
import { doubtSinceMs, standingOf } from "./standing-of.ts";

/** What the ledger does about the end of an attempt. */
export type Finish =
  /** Write this item. */
  | { readonly kind: "write"; readonly item: LedgerItem }
  /** It is written already: the answer to an earlier write was lost. */
  | { readonly kind: "written"; readonly item: LedgerItem }
  /** The request has gone on without this attempt: this is how it stands. */
  | { readonly kind: "superseded"; readonly standing: Standing };

/** The end of something that the ledger is told about. */
export interface Ending {
  readonly outcome: AttemptOutcome;
  /** The attempt that ended so; left out for a request that was given up without one. */
  readonly attemptId?: string;
  readonly atMs: number;
}

/**
 * What to write when an attempt ends. A contact is written down whoever finds it, since it is the truth; any other end
 * only by the attempt that holds the request. Nothing overwrites `started`.
 */
export function finishAttempt(item: LedgerItem | undefined, claim: Claim, ending: Ending): Finish {
  const superseded = (): Finish => ({ kind: "superseded", standing: standingOf(item, claim, ending.atMs) });
  if (ending.attemptId !== undefined && item?.finishedAttemptId === ending.attemptId) return { kind: "written", item };
  if (item?.state === "started") return superseded();
  if (ending.outcome.kind === "started") return write(item, claim, ending);
  return holds(item, claim, ending) ? write(item, claim, ending) : superseded();
}

/** Whether this end is the item's to take: its lease is the attempt's, or nobody else is at work on the request. */
function holds(item: LedgerItem | undefined, claim: Claim, { attemptId, atMs, outcome }: Ending): boolean {
  const mustBeCertain = outcome.kind === "failed" && outcome.unlessInDoubt === true;
  if (mustBeCertain && item !== undefined && doubtSinceMs(item, atMs) !== undefined) return false;
  if (attemptId !== undefined) return item?.state === "open" && item.lease?.attemptId === attemptId;
  const { kind } = standingOf(item, claim, atMs);
  return kind === "open" || kind === "outcome-unknown";
}

function write(item: LedgerItem | undefined, claim: Claim, ending: Ending): Finish {
  const { outcome, attemptId } = ending;
  const round = roundOf(item, claim, ending);
  const known = {
    ...round,
    version: (item?.version ?? 0) + 1,
    contentHash: claim.contentHash,
    ...(attemptId !== undefined && { finishedAttemptId: attemptId }),
  };
  switch (outcome.kind) {
    case "started": {
      const { contactId, draftContactId } = outcome;
      const draft = draftContactId === undefined ? {} : { draftContactId };
      return { kind: "write", item: { ...known, state: "started", contactId, ...draft } };
    }
    case "failed": {
      const { failure } = outcome;
      const refused = failure.kind === "token-conflict" ? { tokenRefused: true } : {};
      // Accepted was one round, and it is over.
      const { duplicateAccepted: _usedUp, ...kept } = known;
      const given = { ...refused, state: "failed", failure, messageId: claim.messageId } as const;
      return { kind: "write", item: { ...kept, ...doubtAfter(item, claim, ending), ...given } };
    }
    case "unfinished": {
      const attempts = round.attempts - (outcome.counts ? 0 : 1);
      const { capacityRefusals } = outcome;
      const refusals = capacityRefusals === undefined ? {} : { capacityRefusals };
      const next = { ...known, ...doubtAfter(item, claim, ending), ...refusals, attempts, state: "open" } as const;
      return { kind: "write", item: attempts > 0 ? next : withoutFirstAttempt(next) };
    }
  }
}

/** Where no attempt has counted, none was the first: the age of a failure is not the age of a full account. */
function withoutFirstAttempt({ firstAttemptAtMs: _uncounted, ...item }: OpenItem): OpenItem {
  return item;
}

/** What an item knows of its round. One that has failed before is a round that is over. */
function roundOf(item: LedgerItem | undefined, claim: Claim, { atMs }: Ending) {
  const start = item?.state === "failed" ? startOfNewRound(item, claim, atMs) : item;
  const marks = {
    ...lastingMarks(start),
    ...(claim.drafts !== undefined && { draft: claim.drafts.inHand ?? draftOf(start) }),
  };
  if (item === undefined || item.state === "failed") return { attempts: 0, ...marks };
  const { attempts, firstAttemptAtMs, lastAttemptAtMs, capacityRefusals } = item;
  return {
    attempts,
    ...marks,
    ...(firstAttemptAtMs !== undefined && { firstAttemptAtMs }),
    ...(lastAttemptAtMs !== undefined && { lastAttemptAtMs }),
    ...(capacityRefusals !== undefined && { capacityRefusals }),
  };
}

/** A definite refusal closes only its own call: doubt that was there stays. */
function doubtAfter(
  item: LedgerItem | undefined,
  claim: Claim,
  { outcome, attemptId, atMs }: Ending,
): { doubtSinceMs?: number } {
  if (item === undefined || outcome.kind === "started") return {};
  const before =
    item.state === "failed" ? startOfNewRound(item, claim, atMs).doubtSinceMs : doubtBefore(item, attemptId, atMs);
  const own = outcome.leavesDoubt && item.state === "open" ? item.lease?.sinceMs : undefined;
  const sinceMs = before ?? own;
  return sinceMs === undefined ? {} : { doubtSinceMs: sinceMs };
}

const doubtBefore = (item: LedgerItem, attemptId: string | undefined, atMs: number): number | undefined =>
  attemptId === undefined ? doubtSinceMs(item, atMs) : item.doubtSinceMs;
