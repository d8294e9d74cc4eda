/** What a delivery says to the ledger about the request that it brings. */
export interface Claim {
  readonly messageId: string;
  readonly contentHash: string;
  /** How long Connect knows a repeated client token of this operation. */
  readonly tokenWindowMs: number;
}
