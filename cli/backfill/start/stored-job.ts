import * as z from "zod";
import type { S3JobFiles } from "#shared/aws/s3-job-files.ts";
import type { RowRange } from "#shared/backfill/row-range.ts";
import { jobFiles } from "#shared/contract/job-files.ts";
import { type JobDescription, jobDescriptionSchema } from "#shared/job-description.ts";
import type { JobItem } from "#shared/job-item.ts";
import { CommandError } from "../../command-error.ts";

const count = z.int().nonnegative();
const rangesSchema = z.array(z.object({ start: count, end: count, firstLine: count, rows: count }));

/** The files of a job that are in the bucket, beside its input. */
export interface StoredJob {
  readonly description: JobDescription;
  readonly ranges: readonly RowRange[];
}

/**
 * The files of a start, if all of them are there. The description is written last, and nothing is fed without it: where it is
 * missing, or of another start, no row was sent. Rejects with a CommandError for files of another version.
 */
export async function storedJob(files: S3JobFiles, job: string, item: JobItem): Promise<StoredJob | undefined> {
  const { template, ranges } = jobFiles(job);
  const description = parsed(jobDescriptionSchema, await files.text(template));
  if (description?.fileHash !== item.fileHash || description.templateHash !== item.templateHash) return undefined;
  const cut = parsed(rangesSchema, await files.text(ranges));
  return cut === undefined ? undefined : { description, ranges: cut };
}

function parsed<Schema extends z.ZodType>(schema: Schema, text: string | undefined): z.output<Schema> | undefined {
  if (text === undefined) return undefined;
  const result = schema.safeParse(JSON.parse(text));
  if (result.success) return result.data;
  throw new CommandError(
    "The files of this job in the payload bucket are those of another version. Go on with the version that began it, or start the file under another name.",
  );
}
