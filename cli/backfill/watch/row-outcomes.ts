import { DynamoDbLedgerReader, MOST_KEYS_OF_A_BATCH } from "#shared/aws/dynamodb-ledger-reader.ts";
import { type CandidateReader, candidateReader } from "#shared/backfill/candidate-reader.ts";
import type { CandidateRow } from "#shared/backfill/candidate-row.ts";
import { rowBlocks } from "#shared/backfill/input/row-blocks.ts";
import { UnusableFile } from "#shared/backfill/input/unusable-file.ts";
import type { RowRange } from "#shared/backfill/row-range.ts";
import { unfedRanges } from "#shared/backfill/unfed-ranges.ts";
import { jobFiles } from "#shared/contract/job-files.ts";
import { CommandError } from "../../command-error.ts";
import { explained } from "../deployment/explain-aws-error.ts";
import type { OpenDeployment } from "../deployment/open-deployment.ts";
import { SYSTEM_CLOCK } from "../deployment/system-clock.ts";
import { type FileRow, fileRow, keysOf } from "./file-row.ts";
import { inOrder } from "./in-order.ts";
import type { OpenJob } from "./open-job.ts";
import { type RowOutcome, rowOutcome } from "./row-outcome.ts";
import { rowReading } from "./row-reading.ts";
import { take } from "./take.ts";

/** An outbound e-mail has two items. */
const MOST_ITEMS_OF_A_ROW = 2;

/** What is looked up at once is the keys of one batch. */
const MOST_ROWS_OF_A_BATCH = MOST_KEYS_OF_A_BATCH / MOST_ITEMS_OF_A_ROW;

const BATCHES_AT_ONCE = 8;

/**
 * What became of each row of a job, in the order of its file. Reads the file as it was stored, and the ledger in batches;
 * holds a few hundred rows at a time. Rejects with a CommandError where something of that cannot be read.
 */
export async function* rowOutcomes(
  job: OpenJob,
  deployment: OpenDeployment,
): AsyncGenerator<readonly RowOutcome[], void> {
  const { place, table } = deployment;
  const ledger = new DynamoDbLedgerReader(table, SYSTEM_CLOCK, Math.random);
  const isCancelled = job.item.state === "cancelled";
  const lookUp = async ({ rows, isFed }: Batch): Promise<readonly RowOutcome[]> => {
    const written = await explained("read the state table", place, () => ledger.read(keysOf(rows)));
    const circumstances = { isCancelled, isFed, nowMs: SYSTEM_CLOCK.now() };
    return rows.map((row) => rowOutcome(row, written, circumstances));
  };
  try {
    yield* inOrder(batchesOf(job, deployment), BATCHES_AT_ONCE, lookUp);
  } catch (error) {
    if (!(error instanceof UnusableFile)) throw error;
    throw new CommandError(`The stored file of the job ${job.name} cannot be read. ${error.message}`, { cause: error });
  }
}

/** Rows of one range. */
interface Batch {
  readonly rows: readonly FileRow[];
  /** Whether it is written down that the range was fed. */
  readonly isFed: boolean;
}

/** The rows of a job's stored file, range by range, in numbers that are looked up at once. */
async function* batchesOf(job: OpenJob, deployment: OpenDeployment): AsyncGenerator<Batch, void> {
  const read = readerOf(job);
  const reading = rowReading(job, deployment);
  const unfed = new Set(unfedRanges(job.ranges, job.fed));
  for (const range of job.ranges) {
    const candidates = candidatesIn(range, job, read);
    for (;;) {
      const rows = await explained("read the stored file of the job", deployment.place, () =>
        take(candidates, MOST_ROWS_OF_A_BATCH, (candidate) => fileRow(candidate, reading)),
      );
      if (rows.length === 0) break;
      yield { rows, isFed: !unfed.has(range) };
    }
  }
}

function readerOf({ name, description: { job, columns } }: OpenJob): CandidateReader {
  const reader = candidateReader(job, columns);
  if (reader.ok) return reader.value;
  const problems = reader.error.map(({ message }) => message).join(" ");
  throw new CommandError(`The stored template of the job ${name} does not go with its file. ${problems}`);
}

async function* candidatesIn(
  range: RowRange,
  { name, item, description, files }: OpenJob,
  read: CandidateReader,
): AsyncGenerator<CandidateRow, void> {
  const bytes = files.range(jobFiles({ job: name, startId: item.startId }).input, range);
  const start = { offset: range.start, line: range.firstLine };
  for await (const block of rowBlocks(bytes, description.job.format, start)) yield* read(block);
}
