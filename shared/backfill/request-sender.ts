import type { PrintedIssue } from "../contract/issue.ts";

/**
 * Sends requests to the backfill queue of their operation, as ContactRequestProducer does: it judges each by the contract, and
 * says of each in their order what became of it. Throws what the source throws.
 */
export interface RequestSender {
  sendMany(
    requests: Iterable<unknown> | AsyncIterable<unknown>,
    options?: { readonly signal?: AbortSignal },
  ): AsyncIterable<RequestOutcome>;
}

/** What became of one request. */
export type RequestOutcome =
  | { readonly kind: "sent" }
  | { readonly kind: "refused"; readonly issues: readonly PrintedIssue[] }
  /** Good, and no answer says that it is on the queue. `isFinal`: it would fail again until something is mended. */
  | { readonly kind: "failed"; readonly reason: string; readonly isFinal: boolean };
