import { failed, type Result, succeeded } from "../../result.ts";
import type { BackfillJob } from "../backfill-job.ts";
import { type CandidateReader, candidateReader } from "../candidate-reader.ts";
import type { CandidateRow } from "../candidate-row.ts";
import { fileRows } from "../input/file-rows.ts";
import { type InputStart, inputStart, type OpenFile } from "../input/input-start.ts";
import { orUnusable } from "../input/or-unusable.ts";
import { UnusableFile } from "../input/unusable-file.ts";
import type { GoodRow } from "../judge-candidate.ts";
import type { TemplateProblem } from "../template/template-problem.ts";
import type { BackfillPlan } from "./backfill-plan.ts";
import { deploymentReasons } from "./deployment-reasons.ts";
import { type ComparingPass, findDuplicates } from "./find-duplicates.ts";
import { FirstPass } from "./first-pass.ts";
import { planOf } from "./plan-of.ts";
import type { PlanTerms } from "./plan-terms.ts";
import { type JudgedRow, rowJudge } from "./row-judge.ts";

/** A file that is to become contact requests. */
export interface PlannedFile {
  readonly job: BackfillJob;
  readonly open: OpenFile;
  /** Hears of every row, in order. The next rows are read when it is done. */
  readonly visit?: (row: JudgedRow) => void | Promise<void>;
  /** Hears when it is read once more. */
  readonly onComparing?: (pass: ComparingPass) => void;
}

/** Why there is no plan: the file cannot be used, or the template does not go with it. */
export type PlanRefusal = UnusableFile | readonly TemplateProblem[];

/**
 * Reads a file once, validates every row through the contract, and reckons what sending it takes. The file is read again only
 * where keys seem to come twice, once for some hundred thousands of them. Reads no clock and sends nothing.
 */
export async function planBackfill(file: PlannedFile, terms: PlanTerms): Promise<Result<BackfillPlan, PlanRefusal>> {
  const { job, open } = file;
  const start = await orUnusable(() => inputStart(open, job.format));
  if (!start.ok) return start;
  const read = candidateReader(job, start.value.columns);
  if (!read.ok) return failed(read.error);
  const rows = () => candidates(file, start.value, read.value);
  const judge = rowJudge(deploymentReasons(terms.settings));
  const pass = new FirstPass(job.job, terms);
  const passed = await orUnusable(() => lookAtAll({ rows, judge, visit: file.visit }, pass));
  if (!passed.ok) return passed;
  const onColliding = (row: GoodRow): void => pass.facts.add(row);
  const suspects = { rows, judge, keys: pass.keys, onColliding, onPass: file.onComparing };
  const duplicates = await orUnusable(() => findDuplicates(suspects));
  return duplicates.ok ? succeeded(planOf(job, { ...terms, pass, duplicates: duplicates.value })) : duplicates;
}

async function* candidates(
  { job, open }: PlannedFile,
  start: InputStart,
  read: CandidateReader,
): AsyncGenerator<readonly CandidateRow[], void> {
  for await (const block of fileRows(open, job.format, start)) yield read(block);
}

interface Look {
  readonly rows: () => AsyncIterable<readonly CandidateRow[]>;
  readonly judge: (row: CandidateRow) => JudgedRow;
  readonly visit: PlannedFile["visit"];
}

async function lookAtAll({ rows, judge, visit }: Look, pass: FirstPass): Promise<void> {
  for await (const block of rows()) {
    for (const candidate of block) {
      const row = judge(candidate);
      pass.add(row);
      // Most visitors answer at once: a pause for each of a million rows would be felt.
      const visited = visit?.(row);
      if (visited !== undefined) await visited;
    }
  }
  if (pass.rows === 0) throw new UnusableFile("no-rows");
}
