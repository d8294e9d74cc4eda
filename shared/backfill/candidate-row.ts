import type { RowReason } from "./row-reason.ts";

/** A row on its way to become a contact request. Lines count from 1, and are where the row begins. */
export type CandidateRow = Candidate | RefusedRow;

/** A request that the contract has not judged yet. */
export interface Candidate {
  readonly kind: "candidate";
  readonly line: number;
  readonly key: string;
  readonly request: unknown;
}

export interface RefusedRow {
  readonly kind: "refused";
  readonly line: number;
  /** Null where the row could not be read so far. */
  readonly key: string | null;
  readonly reasons: readonly RowReason[];
}
