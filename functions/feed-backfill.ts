import type { Context } from "aws-lambda";
import { endRun, type RunAnswer } from "./runtime/end-run.ts";
import { type FeedItem, readFeedInput } from "./runtime/feed-input.ts";
import { type FeedAnswer, feedJobRange } from "./runtime/feed-job-range.ts";
import { wireFeed } from "./runtime/feed-wiring.ts";

/** What is left to write down how a range ended. */
const CLOSING_TIME_MS = 10_000;

const { parts, logger } = wireFeed(process.env);

/**
 * A step of feeding a backfill: one range of its file is fed to the queue of its operation, or a run of the state machine
 * ends. Called by the state machine alone.
 * https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html
 */
export async function handler(event: unknown, context: Context): Promise<FeedAnswer | RunAnswer> {
  const input = readFeedInput(event);
  switch (input.step) {
    case "range":
      return await feed(input, context);
    case "end":
      return await endRun(input, parts);
  }
}

async function feed(item: FeedItem, context: Context): Promise<FeedAnswer> {
  const startedAt = performance.now();
  const signal = AbortSignal.timeout(Math.max(0, context.getRemainingTimeInMillis() - CLOSING_TIME_MS));
  const answer = await feedJobRange(item, parts, signal);
  const durationMs = Math.round(performance.now() - startedAt);
  logger.info("Range of a backfill fed", { source: item.job, lane: "backfill", ...answer, durationMs });
  return answer;
}
