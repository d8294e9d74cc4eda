import type { LedgerKey } from "./ledger-store.ts";

/** The drafts of outbound e-mails, as the ledger knows them. Both methods reject when the ledger cannot be reached. */
export interface Drafts {
  /** The contact of a draft that was made and not ended; nothing for any other. */
  contactOf(draft: LedgerKey): Promise<string | undefined>;
  /** Writes down that a draft has ended. */
  markEnded(draft: LedgerKey): Promise<void>;
}
