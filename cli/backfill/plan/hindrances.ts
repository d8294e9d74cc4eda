import type { BackfillPlan } from "#shared/backfill/plan/backfill-plan.ts";
import { plural } from "#shared/backfill/plan/plural.ts";

/** What people decided about rows that are not as they should be. */
export interface Decisions {
  /** Rows that the contract refuses are left out. */
  readonly skipRefused?: true;
}

/** Why a file is not started as it is: a sentence for each reason. */
export const hindrances = (plan: BackfillPlan, { skipRefused }: Decisions): readonly string[] => [
  ...(plan.verdict.kind === "impossible" ? plan.verdict.reasons : []),
  ...(plan.refused > 0 && plan.good > 0 && skipRefused !== true ? [refusedRows(plan)] : []),
  ...(plan.duplicates.differing > 0 ? [differingRows(plan)] : []),
];

const refusedRows = ({ refused }: BackfillPlan): string =>
  `${plural(refused, "row")} would be refused. Correct them (--refused FILE writes down all that is wrong with each), or leave them out with --skip-refused.`;

const differingRows = ({ duplicates: { differing } }: BackfillPlan): string =>
  `${plural(differing, "row")} with the key of an earlier row, but another content: only one of a key is sent. Give each row a key of its own, or remove all but one.`;
