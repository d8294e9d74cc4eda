import type { BackfillJob } from "../backfill-job.ts";
import type { Duplicates } from "../keys/duplicates.ts";
import type { BackfillPlan } from "./backfill-plan.ts";
import { cautions } from "./cautions.ts";
import type { Findings } from "./findings.ts";
import type { FirstPass } from "./first-pass.ts";
import { forecast } from "./forecast.ts";
import { obstacles } from "./obstacles.ts";
import { openContactsLimit } from "./open-contacts-limit.ts";
import type { PlanTerms } from "./plan-terms.ts";
import { quotaPace } from "./quota-pace.ts";
import { staleFromMs } from "./stale-from.ts";
import { timedWork } from "./timed-work.ts";
import { unionOfStretches } from "./union-of-stretches.ts";

interface Gathered extends PlanTerms {
  /** Its numbers are of all rows, its facts of one row of each key. */
  readonly pass: Omit<FirstPass, "add" | "keys">;
  readonly duplicates: Duplicates;
}

/** The plan, from what the rows say and the deployment allows. */
export function planOf(job: BackfillJob, gathered: Gathered): BackfillPlan {
  const { pass, duplicates } = gathered;
  const { facts, rules } = pass;
  const findings = findingsOf(job, gathered);
  const reasons = obstacles(findings);
  const isPossible = reasons.length === 0;
  return {
    job: job.job,
    operation: job.operation,
    rows: pass.rows,
    good: pass.good,
    refused: pass.refused,
    undeliverable: pass.undeliverable,
    rules: rules.sorted(),
    otherRules: rules.others,
    duplicates,
    contacts: facts.rows,
    pace: findings.pace,
    schedule: findings.works.length === 0 ? null : findings.schedule,
    staleMs: findings.staleMs,
    openContacts: findings.limits,
    outsideJob: facts.outsideJob,
    verdict: isPossible ? { kind: "possible" } : { kind: "impossible", reasons },
    cautions: cautions(findings, { duplicates, isPossible }),
  };
}

function findingsOf({ operation }: BackfillJob, { nowMs, pass: { facts }, ...terms }: Gathered): Findings {
  const pace = quotaPace(operation, terms.settings);
  const works = timedWork(facts.groups.all(), nowMs);
  const { schedule, late } = forecast(works, nowMs, pace);
  const stretches = unionOfStretches([...new Set(works.map((work) => work.stretches))]);
  const times = { stretches, beginsMs: schedule.beginsMs };
  return {
    nowMs,
    facts,
    pace,
    works,
    schedule,
    late,
    staleMs: staleFromMs(operation, terms.settings, nowMs),
    limits: facts.places.all().map((group) => openContactsLimit(group, terms, times)),
  };
}
