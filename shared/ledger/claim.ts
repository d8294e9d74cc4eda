/** What a delivery says to the ledger about the request that it brings. */
export interface Claim {
  readonly messageId: string;
  readonly contentHash: string;
  /** How long Connect knows a repeated client token of the API that is called. */
  readonly tokenWindowMs: number;
  /** Present for a call that sends on a draft. */
  readonly drafts?: DraftClaim;
}

/**
 * A new round of what is sent on a draft has a draft of its own, and so a client token of its own: unless the round before
 * it is in doubt, since a customer might then get the e-mail on both.
 */
export interface DraftClaim {
  /** The number of the draft in hand; left out while the delivery has none. */
  readonly inHand?: number;
}
