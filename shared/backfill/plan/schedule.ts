/** When the rows of a file would be sent, the backfill alone on the quota. Moments are epoch milliseconds. */
export interface Schedule {
  /** What the quota alone takes, day and night. */
  readonly quotaMs: number;
  /** When the first rows can be sent. */
  readonly beginsMs: number;
  /** In the rows' hours only, and not before their own `notBefore`. Null where it is more than HORIZON_DAYS ahead. */
  readonly endsMs: number | null;
  /** The most rows that are received before they may be sent, and wait hidden in the queue, at one time. */
  readonly waiting: number;
}
