import type { IssueCode } from "../contract/issue.ts";

/** One thing that is wrong with a row, as it is printed and counted. Names the rule and no value. */
export interface RowReason {
  /** A place in the request, as in `input.Name`; empty for the row as a whole. */
  readonly path: string;
  readonly code: IssueCode | RowFault;
  /** The rule as the end of a sentence about that place. */
  readonly message: string;
}

/** What keeps a row from becoming a request at all; the contract knows nothing of it. */
export type RowFault =
  | "not-utf-8"
  | "quotes"
  | "cell-count"
  | "not-json"
  | "not-an-object"
  | "no-key"
  | "no-value"
  | "not-a-cell"
  | "imprecise-number"
  | "other-operation";

/** A reason that is about the row as a whole. */
export const rowReason = (code: RowReason["code"], message: string): RowReason => ({ path: "", code, message });
