/** The environment variables that feed-backfill has beside those of the workers. */
export const FEED_ENV = {
  /** JSON: operation → URL of its backfill queue. */
  backfillQueueUrls: "BACKFILL_QUEUE_URLS",
} as const;
