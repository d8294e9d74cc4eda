import type { PerOperation } from "./per-operation.ts";

/** What Amazon Connect, or what stands in for it, did for one operation. */
export interface ConnectCounts {
  /** Contacts that were made. */
  readonly contacts: number;
  /** Successful calls that were answered with a contact that was there already. */
  readonly repeats: number;
  /** Calls that were refused because they came too fast. */
  readonly throttled: number;
}

export type CountConnect = () => PerOperation<ConnectCounts>;
