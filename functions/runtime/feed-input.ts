import * as z from "zod";
import { isJobName, JOB_NAME_RULE } from "#shared/backfill/job-name.ts";
import { jobStartId } from "#shared/contract/job-start.ts";
import { InvalidFeed } from "./invalid-feed.ts";

const byte = z.int().nonnegative();

const ofStart = { job: z.string().refine(isJobName, { error: JOB_NAME_RULE }), startId: jobStartId };

/** One item of the Distributed Map, as its ItemSelector makes it. */
const rangeSchema = z
  .object({
    ...ofStart,
    step: z.literal("range"),
    /** The range's first byte, and the one after its last. */
    start: byte,
    end: byte,
    /** Of its first row. */
    firstLine: z.int().min(1),
    rows: z.int().min(1),
  })
  .refine(({ start, end }) => start < end, { path: ["end"], error: "must be greater than start" });

/** What the state behind the map asks. */
const endSchema = z.object({ ...ofStart, step: z.literal("end") });

/** What the state machine calls the function with. Members that it may have beside are let pass. */
const feedInputSchema = z.discriminatedUnion("step", [rangeSchema, endSchema]);

export type FeedItem = z.output<typeof rangeSchema>;

export type FeedEnd = z.output<typeof endSchema>;

/** Throws InvalidFeed for any other input. */
export function readFeedInput(input: unknown): FeedItem | FeedEnd {
  const parsed = feedInputSchema.safeParse(input);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path, message }) => `${path.join(".") || "the input"}: ${message}`);
  throw new InvalidFeed(`The input is no step of a backfill's run. ${issues.join("; ")}`);
}
