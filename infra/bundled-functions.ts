import { OPERATIONS } from "#shared/contract/operation.ts";
import { functionFile } from "./function-file.ts";

/** The file in functions/ that feeds backfills. */
export const FEED_FUNCTION = "feed-backfill";

/** The files in functions/ that a deployment needs the bundles of: a worker for each operation, and the feed. */
export const BUNDLED_FUNCTIONS: readonly string[] = [...OPERATIONS.map(functionFile), FEED_FUNCTION];
