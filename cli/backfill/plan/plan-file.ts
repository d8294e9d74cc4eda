import type { BackfillJob } from "#shared/backfill/backfill-job.ts";
import { UnusableFile } from "#shared/backfill/input/unusable-file.ts";
import type { GoodRow } from "#shared/backfill/judge-candidate.ts";
import type { BackfillPlan } from "#shared/backfill/plan/backfill-plan.ts";
import { type PlanRefusal, planBackfill } from "#shared/backfill/plan/plan-backfill.ts";
import type { PlanTerms } from "#shared/backfill/plan/plan-terms.ts";
import { CommandError } from "../../command-error.ts";
import { RefusedRowsFile } from "../input/refused-rows-file.ts";
import type { RowSource } from "../input/row-source.ts";
import { PlanProgress } from "./plan-progress.ts";
import { withSmallHeap } from "./with-small-heap.ts";

/** A file to be planned. */
export interface FileToPlan {
  readonly source: RowSource;
  readonly job: BackfillJob;
  /** Where refused rows are written, if they are. */
  readonly refused?: string;
  /** Hears of every good row. */
  readonly visit?: (row: GoodRow) => void | Promise<void>;
}

/** The plan of a file, with a progress bar. Rejects with a CommandError for a file or a template that cannot be used. */
export async function planFile(file: FileToPlan, terms: PlanTerms): Promise<BackfillPlan> {
  const refused = file.refused === undefined ? undefined : await RefusedRowsFile.create(file.refused);
  try {
    const plan = await withSmallHeap(async () => planWithProgress(file, terms, refused));
    await refused?.complete();
    return plan;
  } catch (error) {
    await refused?.discard();
    throw error;
  }
}

async function planWithProgress(
  { source, job, visit }: FileToPlan,
  terms: PlanTerms,
  refusedFile: RefusedRowsFile | undefined,
): Promise<BackfillPlan> {
  const progress = new PlanProgress(source.bytes);
  try {
    const planned = await planBackfill(
      {
        job,
        open: source.opener((count) => progress.addBytes(count)),
        visit: (row) => {
          progress.addRow(row);
          return row.kind === "good" ? visit?.(row) : refusedFile?.add(row);
        },
        onComparing: (pass) => progress.compare(pass),
      },
      terms,
    );
    if (planned.ok) return planned.value;
    throw unusable(planned.error, source.name);
  } finally {
    progress.end();
  }
}

/** What to tell people about a file, or a template, of which nothing can be sent. */
export const unusable = (refusal: PlanRefusal, name: string): CommandError =>
  refusal instanceof UnusableFile
    ? new CommandError(`${name}: ${refusal.message}`, { cause: refusal })
    : new CommandError(refusal.map(({ message }) => message).join("\n"));
