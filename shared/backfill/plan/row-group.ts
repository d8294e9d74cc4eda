import type { SendingHours } from "../../contract/fields/sending-hours.ts";

/** Rows that may be sent at the same times. Moments are epoch milliseconds. */
export interface RowGroup {
  /** Undefined: at any time of the day. */
  readonly hours: SendingHours | undefined;
  /** They are not sent before; -Infinity where they name no moment. */
  readonly notBeforeMs: number;
  /** They are not sent from then on; Infinity where they name no moment. */
  readonly expiresMs: number;
  readonly rows: number;
  /** The first line of them. */
  readonly line: number;
}
