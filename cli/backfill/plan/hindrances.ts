import type { BackfillPlan } from "#shared/backfill/plan/backfill-plan.ts";
import { plural } from "#shared/backfill/plan/plural.ts";

/** What people decided about rows that are not as they should be. */
export interface Decisions {
  /** Rows that the contract refuses are left out. */
  readonly skipRefused?: true;
}

/** Why a file is not started as it is: a sentence for each reason. */
export const hindrances = (plan: BackfillPlan, decisions: Decisions): readonly string[] => [
  ...(plan.verdict.kind === "impossible" ? plan.verdict.reasons : []),
  ...toBeMended(plan, decisions),
];

/** What keeps a file from being started that could be sent: a sentence for each thing. */
export const toBeMended = (plan: BackfillPlan, { skipRefused }: Decisions): readonly string[] => {
  // Where no row is good, the verdict says it.
  const refused = plan.good === 0 ? 0 : plan.refused - plan.undeliverable;
  return [
    ...(refused > 0 && skipRefused !== true ? [refusedRows(refused)] : []),
    ...(plan.good > 0 && plan.undeliverable > 0 ? [undeliverableRows(plan)] : []),
    ...(plan.duplicates.differing > 0 ? [differingRows(plan)] : []),
  ];
};

const refusedRows = (refused: number): string =>
  `${plural(refused, "row")} would be refused. Correct them (--refused FILE writes down all that is wrong with each), or leave them out with --skip-refused.`;

/** They are fed, since whoever feeds knows the contract alone. */
const undeliverableRows = ({ undeliverable }: BackfillPlan): string =>
  `${plural(undeliverable, "row")} would become dead letters, since the deployment does not serve the instance or the attachment's bucket that they name: --skip-refused does not leave them out. Correct them, remove them from the file, or change the deployment's settings.`;

const differingRows = ({ duplicates: { differing } }: BackfillPlan): string =>
  `${plural(differing, "row")} with the key of an earlier row, but another content: only one of a key is sent. Give each row a key of its own, or remove all but one.`;
