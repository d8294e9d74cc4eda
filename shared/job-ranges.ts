import * as z from "zod";
import type { RowRange } from "./backfill/row-range.ts";

const count = z.int().nonnegative();

/** What stands in a job's `ranges.json`: all rows of its file, in their order. */
export const jobRangesSchema = z.array(
  z.object({ start: count, end: z.int().positive(), firstLine: z.int().positive(), rows: z.int().positive() }),
) satisfies z.ZodType<readonly RowRange[]>;
