import { createHash } from "node:crypto";
import type { FeedItem } from "#functions/runtime/feed-input.ts";
import type { BackfillJob } from "#shared/backfill/backfill-job.ts";
import { rangesOf } from "#shared/backfill/ranges-of.ts";
import type { JobStart } from "#shared/contract/job-start.ts";
import type { Operation } from "#shared/contract/operation.ts";
import { type JobDescription, jobDescriptionSchema } from "#shared/job-description.ts";
import type { JobItem } from "#shared/job-item.ts";

/** A job as `start` leaves it behind: its file, its description, its ranges as items of the map, and its item. */
export interface PreparedJob {
  readonly start: JobStart;
  readonly input: string;
  readonly description: JobDescription;
  readonly items: readonly FeedItem[];
  readonly item: JobItem;
}

export const START: JobStart = { job: "spring", startId: "0a1b2c3d4e5f" };

/** What the deployment served at the start. */
const SERVED = ["arn:aws:connect:us-east-1:000000000000:instance/00000000-0000-4000-8000-000000000000"];

export const HEADER = "id,name\n";

const TASK = {
  operation: "CreateContact" as const,
  input: { Channel: "TASK", InitiationMethod: "API", Name: "Call {{name}}" },
};

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

export interface JobOptions {
  /** @default the one of START */
  readonly startId?: string;
  readonly targetBytes?: number;
  /** The template. @default a task */
  readonly request?: Readonly<Record<string, unknown>> & { readonly operation: Operation };
}

/** A job named `spring` that makes requests out of the rows of a CSV with the columns `id` and `name`. */
export async function aJob(
  rows: string,
  { startId = START.startId, targetBytes = 1_000_000, request = TASK }: JobOptions = {},
): Promise<PreparedJob> {
  const input = HEADER + rows;
  const start = { job: START.job, startId };
  const job: BackfillJob = {
    job: START.job,
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
  return {
    start,
    input,
    description: jobDescriptionSchema.parse({
      job,
      columns: cut.value.start.columns,
      connectInstanceArns: SERVED,
    }),
    items: cut.value.ranges.map((range) => ({ step: "range", ...start, ...range })),
    item: {
      operation: job.operation,
      startId,
      templateHash: sha256(JSON.stringify(request)),
      fileHash: sha256(input),
      fileBytes: Buffer.byteLength(input),
      startedAtMs: Date.UTC(2026, 10, 20),
      connectInstanceArns: SERVED,
      state: "feeding",
    },
  };
}
