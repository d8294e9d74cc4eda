import { createHash } from "node:crypto";
import type { FeedItem } from "#functions/runtime/feed-item.ts";
import type { BackfillJob } from "#shared/backfill/backfill-job.ts";
import { rangesOf } from "#shared/backfill/ranges-of.ts";
import type { Operation } from "#shared/contract/operation.ts";
import { type JobDescription, jobDescriptionSchema } from "#shared/job-description.ts";
import type { JobItem } from "#shared/job-item.ts";

/** A job as `start` leaves it behind: its file, its description, its ranges as items of the map, and its item. */
export interface PreparedJob {
  readonly input: string;
  readonly description: JobDescription;
  readonly items: readonly FeedItem[];
  readonly item: JobItem;
}

export const HEADER = "id,name\n";

const TASK = {
  operation: "CreateContact" as const,
  input: { Channel: "TASK", InitiationMethod: "API", Name: "Call {{name}}" },
};

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

export interface JobOptions {
  readonly targetBytes?: number;
  /** The template. @default a task */
  readonly request?: Readonly<Record<string, unknown>> & { readonly operation: Operation };
}

/** A job named `spring` that makes requests out of the rows of a CSV with the columns `id` and `name`. */
export async function aJob(
  rows: string,
  { targetBytes = 1_000_000, request = TASK }: JobOptions = {},
): Promise<PreparedJob> {
  const input = HEADER + rows;
  const job: BackfillJob = {
    job: "spring",
    operation: request.operation,
    format: { kind: "csv", delimiter: "," },
    template: request,
    keyColumn: "id",
  };
  async function* open() {
    yield Buffer.from(input);
  }
  const cut = await rangesOf(open, job.format, { targetBytes });
  if (!cut.ok) throw cut.error;
  const hashes = { templateHash: sha256(JSON.stringify(request)), fileHash: sha256(input) };
  return {
    input,
    description: jobDescriptionSchema.parse({ job, columns: cut.value.start.columns, ...hashes }),
    items: cut.value.ranges.map((range) => ({ job: job.job, ...range })),
    item: {
      operation: job.operation,
      ...hashes,
      fileBytes: Buffer.byteLength(input),
      startedAtMs: Date.UTC(2026, 10, 20),
      state: "feeding",
    },
  };
}
