import type * as z from "zod";
import type { S3JobFiles } from "#shared/aws/s3-job-files.ts";
import type { RowRange } from "#shared/backfill/row-range.ts";
import { jobFiles } from "#shared/contract/job-files.ts";
import type { JobStart } from "#shared/contract/job-start.ts";
import { type JobDescription, jobDescriptionSchema } from "#shared/job-description.ts";
import { jobRangesSchema } from "#shared/job-ranges.ts";
import { storedJson } from "#shared/stored-json.ts";
import { CommandError } from "../../command-error.ts";

/** The files of a start that are in the bucket, beside its input. */
export interface StoredJob {
  readonly description: JobDescription;
  /** All rows of the input, in their order. */
  readonly ranges: readonly RowRange[];
}

/** The files of a start; undefined where one is gone. Rejects with a CommandError for those that cannot be read. */
export async function storedJob(
  files: Pick<S3JobFiles, "text" | "has">,
  start: JobStart,
): Promise<StoredJob | undefined> {
  const keys = jobFiles(start);
  const description = parsed(keys.template, jobDescriptionSchema, await files.text(keys.template));
  const ranges = parsed(keys.ranges, jobRangesSchema, await files.text(keys.ranges));
  if (description === undefined || ranges === undefined) return undefined;
  return (await files.has(keys.input)) ? { description, ranges } : undefined;
}

function parsed<Value>(key: string, schema: z.ZodType<Value>, text: string | undefined): Value | undefined {
  if (text === undefined) return undefined;
  const read = storedJson(schema, text);
  if (read.ok) return read.value;
  throw new CommandError(
    `This version cannot read ${key} in the payload bucket (${read.error}). Use the version that has started the job, or start the file under another name.`,
  );
}
