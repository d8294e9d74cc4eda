import type { RangeSize } from "#shared/backfill/ranges-of.ts";

/** Some hundred rows: what is fed again after an interruption, and the ledger answers. */
const LEAST_BYTES = 64 * 1024;

/** All ranges of a job that were fed are written down in one item. */
const MOST_RANGES = 1_000;

/** How large the ranges of a file become. */
export const rangeSize = (fileBytes: number): RangeSize => ({
  targetBytes: Math.max(LEAST_BYTES, Math.ceil(fileBytes / MOST_RANGES)),
});
