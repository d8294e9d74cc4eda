import * as z from "zod";
import { isJobName, JOB_NAME_RULE } from "#shared/backfill/job-name.ts";
import { InvalidFeed } from "./invalid-feed.ts";

const byte = z.int().nonnegative();

/** One item of the Distributed Map, as its ItemSelector makes it. Members that it may have beside are let pass. */
const feedItemSchema = z
  .object({
    job: z.string().refine(isJobName, { error: JOB_NAME_RULE }),
    /** The range's first byte, and the one after its last. */
    start: byte,
    end: byte,
    /** Of its first row. */
    firstLine: z.int().min(1),
    rows: z.int().min(1),
  })
  .refine(({ start, end }) => start < end, { path: ["end"], error: "must be greater than start" });

export type FeedItem = z.output<typeof feedItemSchema>;

/** Throws InvalidFeed for any other input. */
export function readFeedItem(input: unknown): FeedItem {
  const parsed = feedItemSchema.safeParse(input);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path, message }) => `${path.join(".") || "the input"}: ${message}`);
  throw new InvalidFeed(`The input is no range of a backfill. ${issues.join("; ")}`);
}
