import * as z from "zod";
import { DynamoDbJobs } from "#shared/aws/dynamodb-jobs.ts";
import { S3JobFiles } from "#shared/aws/s3-job-files.ts";
import type { RowRange } from "#shared/backfill/row-range.ts";
import { jobFiles } from "#shared/contract/job-files.ts";
import type { FedRange } from "#shared/fed-range.ts";
import { type JobDescription, jobDescriptionSchema } from "#shared/job-description.ts";
import type { JobItem } from "#shared/job-item.ts";
import { CommandError } from "../../command-error.ts";
import { explained } from "../deployment/explain-aws-error.ts";
import type { OpenDeployment } from "../deployment/open-deployment.ts";
import { SYSTEM_CLOCK } from "../deployment/system-clock.ts";

/** A job that was started, with all that it takes to look at its rows. */
export interface OpenJob {
  readonly name: string;
  readonly item: JobItem;
  readonly description: JobDescription;
  /** All rows of its file, in their order. */
  readonly ranges: readonly RowRange[];
  /** Those that have been fed, by their first bytes. */
  readonly fed: ReadonlyMap<number, FedRange>;
  readonly files: S3JobFiles;
}

const rangesSchema = z.array(
  z.object({
    start: z.int().nonnegative(),
    end: z.int().positive(),
    firstLine: z.int().positive(),
    rows: z.int().positive(),
  }),
);

/** Finds a job, as it stands now. Rejects with a CommandError where there is none, or its files are gone. */
export async function openJob(name: string, deployment: OpenDeployment): Promise<OpenJob> {
  const { place, published, s3, table } = deployment;
  const jobs = new DynamoDbJobs(table, SYSTEM_CLOCK);
  const files = new S3JobFiles(s3, published.payloadBucketName);
  const keys = jobFiles(name);
  const item = await explained("read the state table", place, () => jobs.read(name));
  if (item === undefined) throw new CommandError(noJob(name, place.prefix));
  const read = async (key: string) =>
    await explained("read the files of the job", place, async () => await files.text(key));
  const description = parsed(name, jobDescriptionSchema, await read(keys.template));
  const ranges = parsed(name, rangesSchema, await read(keys.ranges));
  if (description.templateHash !== item.templateHash || description.fileHash !== item.fileHash) {
    throw new CommandError(
      `The files of the job ${name} are of another start than its item in the state table: it may be starting at this moment. Try again in a minute; if it stays so, start the job again.`,
    );
  }
  const fed = await explained("read the state table", place, () => jobs.fedRanges(name, item.fileHash));
  return { name, item, description, ranges, fed, files };
}

/** What to tell people about a job that nobody has started. */
export const noJob = (name: string, prefix: string): string =>
  `There is no job ${name} in the deployment ${prefix}. Check the name, or --prefix; a job is known for 90 days after it was started.`;

function parsed<Value>(name: string, schema: z.ZodType<Value>, text: string | undefined): Value {
  if (text === undefined) {
    throw new CommandError(
      `The files of the job ${name} are gone: they are kept for 30 days after the start, so there is nothing left to tell of its rows.`,
    );
  }
  const result = schema.safeParse(jsonOrNothing(text));
  if (result.success) return result.data;
  const places = result.error.issues.map(({ path }) => path.join(".") || "the file").join(", ");
  throw new CommandError(
    `This version cannot read the files of the job ${name} (${places}). Use the version that has started it.`,
  );
}

function jsonOrNothing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
