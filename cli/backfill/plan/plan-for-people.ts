import type { RepeatedKey } from "#shared/backfill/keys/duplicates.ts";
import type { BackfillPlan } from "#shared/backfill/plan/backfill-plan.ts";
import { readableDuration } from "#shared/backfill/plan/readable-duration.ts";
import { readableMoment } from "#shared/backfill/plan/readable-moment.ts";
import type { BrokenRule } from "#shared/backfill/plan/rule-counts.ts";

const MOST_RULES = 20;
const MOST_KEYS = 10;

const number = (count: number): string => count.toLocaleString("en-US");

/** A plan as people read it: what the file holds, and what becomes of it. */
export const planForPeople = (plan: BackfillPlan, alreadyStarted?: number): readonly string[] => [
  `${plan.job}: ${plan.operation}`,
  line("rows", number(plan.rows)),
  line("good", number(plan.good)),
  line("refused", number(plan.refused)),
  ...rules(plan),
  line("duplicates", number(plan.duplicates.rows)),
  ...duplicateKeys(plan),
  ...(alreadyStarted === undefined ? [] : [line("started before", number(alreadyStarted))]),
  line("contacts", number(plan.contacts)),
  ...times(plan),
  ...plan.cautions.map((caution) => `Note: ${caution}`),
];

const line = (name: string, value: string): string => `  ${name.padEnd(14)}  ${value}`;

function rules({ rules: all, otherRules }: BackfillPlan): readonly string[] {
  const shown = all.slice(0, MOST_RULES);
  const more = all.length - shown.length + (otherRules > 0 ? 1 : 0);
  return [
    ...shown.map((rule) => `      ${number(rule.rows)}: ${rule.path || "the row"} ${rule.message} (${where(rule)})`),
    ...(more > 0 ? ["      … and other rules; --json has more of them"] : []),
  ];
}

function where({ rows, lines }: Pick<BrokenRule, "rows" | "lines">): string {
  const listed = lines.map(String).join(", ");
  return `${lines.length === 1 ? "line" : "lines"} ${listed}${rows > lines.length ? ", …" : ""}`;
}

function duplicateKeys({ duplicates: { keys } }: BackfillPlan): readonly string[] {
  const shown = keys
    .slice(0, MOST_KEYS)
    .map(
      (each) => `      ${JSON.stringify(each.key)} on line ${each.firstLine}, again on ${where(each)}${other(each)}`,
    );
  return keys.length > MOST_KEYS ? [...shown, "      … and other keys; --json has more of them"] : shown;
}

const other = ({ differing, differingLines }: RepeatedKey): string =>
  differing === 0 ? "" : `; asking for something else on ${where({ rows: differing, lines: differingLines })}`;

function times({ schedule, pace, staleMs }: BackfillPlan): readonly string[] {
  if (schedule === null) return [];
  const { quotaMs, endsMs } = schedule;
  return [
    line("at the quota", `${readableDuration(quotaMs)} (${pace.api}: ${pace.ratePerSecond} a second)`),
    line("would end", endsMs === null ? "later than can be reckoned" : readableMoment(endsMs)),
    line("too old from", readableMoment(staleMs)),
  ];
}
