import { DynamoDbLedgerReader, MOST_KEYS_OF_A_BATCH } from "#shared/aws/dynamodb-ledger-reader.ts";
import { type CandidateReader, candidateReader } from "#shared/backfill/candidate-reader.ts";
import type { CandidateRow } from "#shared/backfill/candidate-row.ts";
import { rowBlocks } from "#shared/backfill/input/row-blocks.ts";
import { UnusableFile } from "#shared/backfill/input/unusable-file.ts";
import type { RowRange } from "#shared/backfill/row-range.ts";
import { jobFiles } from "#shared/contract/job-files.ts";
import { UnreadableItemError } from "#shared/worker/unreadable-item-error.ts";
import { CommandError } from "../../command-error.ts";
import { tell } from "../../tell.ts";
import { explained } from "../deployment/explain-aws-error.ts";
import type { OpenDeployment } from "../deployment/open-deployment.ts";
import { SYSTEM_CLOCK } from "../deployment/system-clock.ts";
import { type FileRow, fileRow, keysOf } from "./file-row.ts";
import { inOrder } from "./in-order.ts";
import type { OpenJob } from "./open-job.ts";
import { type RowOutcome, rowOutcome } from "./row-outcome.ts";
import { mostPlaces, otherDefaultNote, type RowReading, rowReading } from "./row-reading.ts";

/** An outbound e-mail has two items. */
const MOST_ITEMS_OF_A_PLACE = 2;

const BATCHES_AT_ONCE = 8;

/** Rows of one range that were looked up together. */
export interface LookedUp {
  readonly range: RowRange;
  readonly outcomes: readonly RowOutcome[];
}

/**
 * What became of each row of a job, in the order of its file. Reads the file as it was stored, and the ledger in batches;
 * holds a few hundred rows at a time. Rejects with a CommandError where something of that cannot be read.
 */
export async function* rowOutcomes(job: OpenJob, deployment: OpenDeployment): AsyncGenerator<LookedUp, void> {
  const { place, table } = deployment;
  const ledger = new DynamoDbLedgerReader(table, SYSTEM_CLOCK, Math.random);
  const isCancelled = job.item.state === "cancelled";
  const reading = rowReading(job, deployment);
  const note = otherDefaultNote(reading);
  if (note !== undefined) tell(note);
  const lookUp = async ({ range, rows }: Batch): Promise<LookedUp> => {
    const written = await explained("read the state table", place, () => ledger.read(keysOf(rows)));
    const circumstances = { isCancelled, nowMs: SYSTEM_CLOCK.now() };
    return { range, outcomes: rows.map((row) => rowOutcome(row, written, circumstances)) };
  };
  try {
    yield* inOrder(batchesOf(job, reading, deployment), BATCHES_AT_ONCE, lookUp);
  } catch (error) {
    throw forPeople(error, job.name);
  }
}

function forPeople(error: unknown, job: string): unknown {
  if (error instanceof UnreadableItemError) return new CommandError(error.message, { cause: error });
  if (!(error instanceof UnusableFile)) return error;
  return new CommandError(`The stored file of the job ${job} cannot be read. ${error.message}`, { cause: error });
}

interface Batch {
  readonly range: RowRange;
  readonly rows: readonly FileRow[];
}

/** The rows of a job's stored file, range by range, in numbers that are looked up at once. */
async function* batchesOf(job: OpenJob, reading: RowReading, { place }: OpenDeployment): AsyncGenerator<Batch, void> {
  const read = readerOf(job);
  // What is looked up at once is the keys of one batch.
  const most = MOST_KEYS_OF_A_BATCH / MOST_ITEMS_OF_A_PLACE / mostPlaces(reading);
  for (const range of job.ranges) {
    const candidates = candidatesIn(range, job, read);
    for (;;) {
      const rows = await explained("read the stored file of the job", place, () => next(candidates, most));
      if (rows.length === 0) break;
      yield { range, rows: rows.map((row) => fileRow(row, reading)) };
    }
  }
}

function readerOf({ name, description: { job, columns } }: OpenJob): CandidateReader {
  const reader = candidateReader(job, columns);
  if (reader.ok) return reader.value;
  const problems = reader.error.map(({ message }) => message).join(" ");
  throw new CommandError(`The stored template of the job ${name} does not go with its file. ${problems}`);
}

/** The next rows, at most so many; none at the end. */
async function next(candidates: AsyncIterator<CandidateRow, void>, most: number): Promise<readonly CandidateRow[]> {
  const rows: CandidateRow[] = [];
  while (rows.length < most) {
    const { value, done } = await candidates.next();
    if (done === true) break;
    rows.push(value);
  }
  return rows;
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
