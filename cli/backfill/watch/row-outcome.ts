import { requestKey } from "#shared/contract/state-key.ts";
import type { LedgerItem } from "#shared/ledger/ledger-item.ts";
import { CONTENT_DIFFERS } from "#shared/ledger/refusals.ts";
import { doubtSinceMs } from "#shared/ledger/standing-of.ts";
import type { FileRow, RequestRow } from "./file-row.ts";

/** What became of a row. `refused`: the contract refused it, and it was not sent. */
export const ROW_STATES = ["started", "failed", "waiting", "refused", "cancelled"] as const;

export type RowState = (typeof ROW_STATES)[number];

/** A row and what became of it. */
export interface RowOutcome {
  readonly row: FileRow;
  readonly state: RowState;
  readonly contactId?: string;
  /** Why there is no contact. */
  readonly code?: string;
  /** Calls that counted. */
  readonly attempts: number;
  /** When that was written down, epoch milliseconds. */
  readonly atMs?: number;
  /** Whether there may be a contact that nobody has seen. */
  readonly inDoubt: boolean;
}

/** What the ledger has written down, by `requestKey`. */
type Written = ReadonlyMap<string, { readonly item: LedgerItem; readonly writtenAtMs: number }>;

export interface Circumstances {
  readonly isCancelled: boolean;
  readonly nowMs: number;
}

/**
 * What became of a row, by what the ledger has of it.
 *
 * Of a cancelled job, a row that is not in doubt and not in a call is cancelled, also while its message has not come back to
 * a worker to be told so: it is not called any more.
 */
export function rowOutcome(row: FileRow, written: Written, circumstances: Circumstances): RowOutcome {
  switch (row.kind) {
    case "refused":
      return { row, state: "refused", code: row.code, attempts: 0, inDoubt: false };
    case "not-served":
      return unwritten(row, circumstances, row.code);
    case "request":
      return requestOutcome(row, written, circumstances);
  }
}

function requestOutcome(row: RequestRow, written: Written, circumstances: Circumstances): RowOutcome {
  const found = decisiveItem(row, written);
  if (found === undefined) return unwritten(row, circumstances);
  const { item, writtenAtMs } = found;
  const common = {
    row,
    attempts: item.attempts,
    atMs: writtenAtMs,
    inDoubt: item.state !== "started" && doubtSinceMs(item, circumstances.nowMs) !== undefined,
  };
  // Another row has the same key and is what the ledger knows: the worker refuses this one.
  if (item.contentHash !== row.contentHash && item.state !== "open") {
    return { row, state: "failed", code: CONTENT_DIFFERS.code, attempts: 0, inDoubt: false };
  }
  switch (item.state) {
    case "started":
      // The draft alone is no e-mail yet.
      if (found.isDraft) return { ...unwritten(row, circumstances), attempts: 0 };
      return { ...common, state: "started", contactId: item.contactId };
    case "failed": {
      const { kind, code } = item.failure;
      return { ...common, state: kind === "cancelled" ? "cancelled" : "failed", code };
    }
    case "open": {
      const isSettled = !common.inDoubt && !isHeld(item, circumstances.nowMs);
      return { ...common, state: isSettled && isOver(row, circumstances) ? "cancelled" : "waiting" };
    }
  }
}

/** What is sent on a draft says all, as soon as there is something about it. */
function decisiveItem({ ledgerKey, draftKey }: RequestRow, written: Written) {
  const sent = written.get(requestKey(ledgerKey));
  if (sent !== undefined) return { ...sent, isDraft: false };
  const draft = draftKey === undefined ? undefined : written.get(requestKey(draftKey));
  return draft === undefined ? undefined : { ...draft, isDraft: true };
}

/** Nothing has been tried for the row, as far as anybody knows. */
function unwritten(row: FileRow, circumstances: Circumstances, code?: string): RowOutcome {
  const nothing = { row, attempts: 0, inDoubt: false, ...(code !== undefined && { code }) };
  if (isOver(row, circumstances)) return { ...nothing, state: "cancelled" };
  return { ...nothing, state: code === undefined ? "waiting" : "failed" };
}

/** A worker finds a job by the beginning of the requestId. */
const isOver = (row: FileRow, { isCancelled }: Circumstances): boolean =>
  isCancelled && (row.kind !== "request" || row.belongs);

const isHeld = (item: LedgerItem, nowMs: number): boolean =>
  item.state === "open" && item.lease !== undefined && nowMs < item.lease.untilMs;
