import type { LineIssue } from "./check-line.ts";

/** What became of one line of an input. */
export type LineOutcome = LinePlace &
  (
    | { readonly kind: "good" }
    | { readonly kind: "sent"; readonly messageId: string }
    | { readonly kind: "refused"; readonly issues: readonly LineIssue[] }
    /** Good, but it is on no queue. */
    | { readonly kind: "not-sent"; readonly reason: string }
    /** Good, and on no queue since there is no access to it, as for all behind it. People are told the reason once. */
    | { readonly kind: "no-access"; readonly reason: string }
  );

export interface LinePlace {
  readonly file: string;
  /** Counts from 1. */
  readonly line: number;
  /** Null where the line does not say it legibly. */
  readonly requestId: string | null;
}
