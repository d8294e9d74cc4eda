import * as z from "zod";
import type { BackfillJob } from "./backfill/backfill-job.ts";
import { isDelimiter } from "./backfill/input/input-format.ts";
import { isJobName, JOB_NAME_RULE } from "./backfill/job-name.ts";
import { sendingHours } from "./contract/fields/sending-hours.ts";
import { OPERATIONS } from "./contract/operation.ts";

const anyJob = {
  job: z.string().refine(isJobName, { error: JOB_NAME_RULE }),
  operation: z.enum(OPERATIONS),
  sendingHours: sendingHours.exactOptional(),
};

const rowsFormat = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("csv"), delimiter: z.string().refine(isDelimiter) }),
  z.strictObject({ kind: z.literal("rows") }),
]);

const requestsJob = z.strictObject({ ...anyJob, format: z.strictObject({ kind: z.literal("requests") }) });
const templateJob = z.strictObject({
  ...anyJob,
  format: rowsFormat,
  template: z.record(z.string(), z.unknown()),
  keyColumn: z.string(),
});

/**
 * What stands in a job's `template.json`: all that it takes, beside the input, to make requests of its rows. Whoever starts
 * a job writes it, and the feed reads it.
 */
export const jobDescriptionSchema = z.strictObject({
  job: z.union([templateJob, requestsJob]) satisfies z.ZodType<BackfillJob>,
  /** Of the whole file: a range has no header. */
  columns: z.array(z.string()),
  /** What the deployment served at the start. The first one is meant by rows that name none, whatever it serves by then. */
  connectInstanceArns: z.array(z.string()).min(1),
});

export type JobDescription = z.output<typeof jobDescriptionSchema>;
