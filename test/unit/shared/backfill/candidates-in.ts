import type { BackfillJob } from "#shared/backfill/backfill-job.ts";
import { candidateReader } from "#shared/backfill/candidate-reader.ts";
import type { CandidateRow } from "#shared/backfill/candidate-row.ts";
import { fileRows } from "#shared/backfill/input/file-rows.ts";
import { inputStart, type OpenFile } from "#shared/backfill/input/input-start.ts";

/** All that a job makes of a file. */
export async function candidatesIn(open: OpenFile, job: BackfillJob): Promise<readonly CandidateRow[]> {
  const start = await inputStart(open, job.format);
  const reader = candidateReader(job, start.columns);
  if (!reader.ok) throw new Error(JSON.stringify(reader.error));
  const found: CandidateRow[] = [];
  for await (const block of fileRows(open, job.format, start)) found.push(...reader.value(block));
  return found;
}
