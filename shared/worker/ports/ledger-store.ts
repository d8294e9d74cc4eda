import type { LedgerItem } from "../../ledger/ledger-item.ts";

/** What identifies a request in the ledger: unique over all instances and operations. */
export interface LedgerKey {
  readonly instanceId: string;
  readonly operation: string;
  readonly requestId: string;
}

/** Where the ledger's items are kept. Both methods reject when the store cannot be reached. */
export interface LedgerStore {
  /** The item as of now, whoever wrote it last. */
  read(key: LedgerKey): Promise<LedgerItem | undefined>;
  /**
   * Writes an item if the stored one is still the version before it (none, for version 1). Answers whether it did. After
   * a rejection it may have.
   */
  write(key: LedgerKey, item: LedgerItem): Promise<boolean>;
}
