import type { Context } from "aws-lambda";
import { readFeedItem } from "./runtime/feed-item.ts";
import { type FeedAnswer, feedJobRange } from "./runtime/feed-job-range.ts";
import { wireFeed } from "./runtime/feed-wiring.ts";

/** What is left to write down how a range ended. */
const CLOSING_TIME_MS = 10_000;

const { parts, logger } = wireFeed(process.env);

/**
 * Feeds one range of a backfill's file to the queue of its operation. Called by the state machine, with an item of its map.
 * https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html
 */
export async function handler(input: unknown, context: Context): Promise<FeedAnswer> {
  const item = readFeedItem(input);
  const startedAt = performance.now();
  const signal = AbortSignal.timeout(Math.max(0, context.getRemainingTimeInMillis() - CLOSING_TIME_MS));
  const answer = await feedJobRange(item, parts, signal);
  const durationMs = Math.round(performance.now() - startedAt);
  logger.info("Range of a backfill fed", { source: item.job, lane: "backfill", ...answer, durationMs });
  return answer;
}
