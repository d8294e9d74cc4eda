import type { PerOperation } from "./per-operation.ts";

/** What Amazon Connect, or what stands in for it, did for one operation. */
export interface ConnectCounts {
  /** Contacts that were made. */
  readonly contacts: number;
  /** Requests that were answered with a contact that was there already, by Connect or by the ledger. */
  readonly repeats: number;
  /** Calls that were refused because they came too fast. */
  readonly throttled: number;
}

export type CountConnect = () => PerOperation<ConnectCounts>;
