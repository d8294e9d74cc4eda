/** An item of the ledger is kept for 90 days after its last write: longer than any message, redriven or not, waits in a queue. */
export const LEDGER_KEPT_SECONDS = 90 * 24 * 60 * 60;
