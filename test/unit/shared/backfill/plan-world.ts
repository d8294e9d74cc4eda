import type { BackfillJob, TemplateJob } from "#shared/backfill/backfill-job.ts";
import type { BackfillPlan } from "#shared/backfill/plan/backfill-plan.ts";
import { planBackfill } from "#shared/backfill/plan/plan-backfill.ts";
import type { PlanTerms } from "#shared/backfill/plan/plan-terms.ts";
import { aFile } from "./a-file.ts";
import { aCsvJob, aTaskTemplate } from "./a-job.ts";
import { planSettings } from "./plan-settings.ts";

/** When the plans of these tests are made, unless they say otherwise. */
export const NOW = "2026-11-20T12:00:00Z";

export const ms = (iso: string): number => Date.parse(iso);

export const iso = (atMs: number | null | undefined): string | null =>
  atMs === null || atMs === undefined ? null : new Date(atMs).toISOString();

/** The plan of a file with this content, with the quotas and caps that AWS gives every account. */
export async function planned(
  content: string,
  job: BackfillJob = aCsvJob(),
  terms: Partial<PlanTerms> = {},
): Promise<BackfillPlan> {
  const plan = await planBackfill(
    { job, open: aFile(content) },
    { nowMs: ms(NOW), settings: planSettings(), ...terms },
  );
  if (!plan.ok) throw new Error(JSON.stringify(plan.error));
  return plan.value;
}

/** A CSV of so many good rows. */
export const rowsOf = (count: number): string =>
  `id,name\n${Array.from({ length: count }, (_, index) => `${index},x\n`).join("")}`;

/** So many requests, one a line. */
export const requests = (count: number, one: (index: number) => object): string =>
  Array.from({ length: count }, (_, index) => `${JSON.stringify(one(index))}\n`).join("");

/** A job of tasks that take no place among the open ones, so that only the time counts. */
export const completed = (overrides: object = {}): TemplateJob =>
  aCsvJob({ template: { ...aTaskTemplate({ Name: "{{name}}", InitiateAs: "COMPLETED" }), ...overrides } });

export const reasonsOf = ({ verdict }: BackfillPlan): readonly string[] =>
  verdict.kind === "possible" ? [] : verdict.reasons;
