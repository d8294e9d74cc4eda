import { requestKey } from "#shared/contract/state-key.ts";
import type { LedgerItem, OpenItem } from "#shared/ledger/ledger-item.ts";
import { OUTCOME_UNKNOWN } from "#shared/ledger/refusals.ts";
import { doubtSinceMs, historyOf } from "#shared/ledger/standing-of.ts";
import type { FileRow, RequestRow } from "./file-row.ts";

/** What became of a row. `refused`: the contract refused it, and it was not sent. */
export const ROW_STATES = ["started", "failed", "waiting", "refused", "cancelled"] as const;

export type RowState = (typeof ROW_STATES)[number];

/**
 * Whether there is a contact. `calling`: a call is under way just now; `unknown`: a call was never answered, so that there may be
 * one that nobody has seen.
 */
export type ContactKnowledge = "made" | "none" | "calling" | "unknown";

/** A row and what became of it. */
export interface RowOutcome {
  readonly row: FileRow;
  readonly state: RowState;
  readonly contact: ContactKnowledge;
  readonly contactId?: string;
  /** Why there is no contact. */
  readonly code?: string;
  /** Calls that counted. */
  readonly attempts: number;
  /** When that was written down, epoch milliseconds. */
  readonly atMs?: number;
  /**
   * Whether all of this is about another content under the same requestId: that of another row, of another sender, or of a dead
   * letter that was corrected.
   */
  readonly differs: boolean;
}

/** What the ledger has written down, by `requestKey`. */
type Written = ReadonlyMap<string, { readonly item: LedgerItem; readonly writtenAtMs: number }>;

export interface Circumstances {
  readonly isCancelled: boolean;
  /** Whether it is written down that all rows of its range are on the queue, or refused. */
  readonly isFed: boolean;
  readonly nowMs: number;
}

/**
 * What became of a row, by what the ledger has of its requestId.
 *
 * Of a cancelled job nothing is called any more, also while its messages have not come back to a worker to be told so: a row
 * of which no answer is missing is cancelled, and one whose call was not answered, or not yet, has failed.
 */
export function rowOutcome(row: FileRow, written: Written, circumstances: Circumstances): RowOutcome {
  if (row.kind === "refused") return { ...untried(row), state: "refused", code: row.code };
  const found = itemOf(row, written);
  if (found === undefined) return unwritten(row, circumstances);
  const { item, writtenAtMs, differs } = found;
  const common = {
    row,
    differs,
    attempts: item.attempts,
    atMs: writtenAtMs,
    contact: contactOf(item, circumstances.nowMs),
  };
  switch (item.state) {
    case "started":
      // The draft alone is no e-mail yet; but the row is on the queue, or was.
      if (found.isDraft) return { ...unwritten(row, { ...circumstances, isFed: true }), differs };
      return { ...common, state: "started", contactId: item.contactId };
    case "failed": {
      const { kind, code } = item.failure;
      return { ...common, state: kind === "cancelled" ? "cancelled" : "failed", code };
    }
    case "open":
      return { ...common, ...openState(item, row, circumstances) };
  }
}

function contactOf(item: LedgerItem, nowMs: number): ContactKnowledge {
  if (item.state === "started") return "made";
  if (historyOf(item, nowMs).inDoubt) return "unknown";
  return isHeld(item, nowMs) ? "calling" : "none";
}

function openState(item: OpenItem, row: RequestRow, circumstances: Circumstances): Pick<RowOutcome, "state" | "code"> {
  const { nowMs } = circumstances;
  if (!isOver(row, circumstances)) return { state: "waiting" };
  // Its answer may still be written down.
  if (isHeld(item, nowMs)) return { state: "failed" };
  // So a worker ends it when its message comes back.
  return doubtSinceMs(item, nowMs) === undefined
    ? { state: "cancelled" }
    : { state: "failed", code: OUTCOME_UNKNOWN.code };
}

interface Found {
  readonly item: LedgerItem;
  readonly writtenAtMs: number;
  readonly isDraft: boolean;
  readonly differs: boolean;
}

/** What is sent on a draft says all, as soon as there is something about it. */
function itemOf({ place }: RequestRow, written: Written): Found | undefined {
  if (place === undefined) return undefined;
  const { ledgerKey, draftKey, contentHash } = place;
  const sent = written.get(requestKey(ledgerKey));
  const found = sent ?? (draftKey === undefined ? undefined : written.get(requestKey(draftKey)));
  if (found === undefined) return undefined;
  return { ...found, isDraft: sent === undefined, differs: found.item.contentHash !== contentHash };
}

/** Nothing has been tried for the row, as far as anybody knows. */
const untried = <Row extends FileRow>(row: Row) =>
  ({ row, attempts: 0, contact: "none", differs: false }) satisfies Partial<RowOutcome>;

function unwritten(row: RequestRow, circumstances: Circumstances): RowOutcome {
  const { code } = row;
  const nothing = { ...untried(row), ...(code !== undefined && { code }) };
  if (isOver(row, circumstances) || isLeftOut(circumstances)) return { ...nothing, state: "cancelled" };
  return { ...nothing, state: code === undefined ? "waiting" : "failed" };
}

/** A worker finds a job by the beginning of the requestId. */
const isOver = ({ belongs }: RequestRow, { isCancelled }: Circumstances): boolean => isCancelled && belongs;

/** What is not on the queue of a cancelled job is not put there any more, but for ranges that somebody is at just now. */
const isLeftOut = ({ isCancelled, isFed }: Circumstances): boolean => isCancelled && !isFed;

const isHeld = (item: LedgerItem, nowMs: number): boolean =>
  item.state === "open" && item.lease !== undefined && nowMs < item.lease.untilMs;
