import type { BackfillJob } from "../backfill-job.ts";
import type { Duplicates } from "../keys/duplicates.ts";
import type { BackfillPlan } from "./backfill-plan.ts";
import { cautions } from "./cautions.ts";
import type { FirstPass } from "./first-pass.ts";
import { type Findings, obstacles } from "./obstacles.ts";
import { openContactsLimit } from "./open-contacts-limit.ts";
import type { PlanTerms } from "./plan-terms.ts";
import { quotaPace } from "./quota-pace.ts";
import { scheduleOf } from "./schedule.ts";

interface Gathered extends PlanTerms {
  readonly pass: Pick<FirstPass, "rows" | "refused" | "rules" | "facts">;
  readonly duplicates: Duplicates;
}

/** The plan, from what the rows say and the deployment allows. A duplicate takes no slot and no place. */
export function planOf(job: BackfillJob, gathered: Gathered): BackfillPlan {
  const { nowMs, settings, pass, duplicates } = gathered;
  const { facts, rules } = pass;
  const contacts = facts.rows - duplicates.rows;
  const pace = quotaPace(job.operation, settings);
  const schedule = scheduleOf({
    nowMs,
    pace,
    facts: { rows: contacts, hours: facts.hours, notBefores: facts.notBefores },
  });
  const { queueSeconds, staleMarginSeconds } = settings.retention;
  const staleMs = nowMs + (queueSeconds - staleMarginSeconds) * 1_000;
  const [onlyHours, ...otherHours] = facts.hours;
  const findings: Findings = {
    nowMs,
    contacts,
    pace,
    schedule,
    staleMs,
    expiries: facts.expiries.sorted(),
    hours: otherHours.length === 0 ? onlyHours?.hours : undefined,
    limits: facts.places.map((group) => openContactsLimit(group, gathered)),
  };
  const reasons = obstacles(findings);
  return {
    job: job.job,
    operation: job.operation,
    rows: pass.rows,
    good: facts.rows,
    refused: pass.refused,
    rules: rules.sorted(),
    otherRules: rules.others,
    duplicates,
    contacts,
    pace,
    schedule: facts.rows === 0 ? null : schedule,
    staleMs,
    earliestExpiry: findings.expiries[0] ?? null,
    latestNotBefore: facts.notBefores.sorted().at(-1) ?? null,
    openContacts: findings.limits,
    outsideJob: facts.outsideJob,
    verdict: reasons.length === 0 ? { kind: "possible" } : { kind: "impossible", reasons },
    cautions: cautions(findings, { duplicates, outsideJob: facts.outsideJob }),
  };
}
