import type { BackfillJob } from "../backfill-job.ts";
import type { Duplicates } from "../keys/duplicates.ts";
import type { BackfillPlan } from "./backfill-plan.ts";
import { cautions } from "./cautions.ts";
import type { Findings } from "./findings.ts";
import { expiresUnsent } from "./first-chance.ts";
import type { FirstPass } from "./first-pass.ts";
import { forecast } from "./forecast.ts";
import { obstacles } from "./obstacles.ts";
import { openContactsLimit } from "./open-contacts-limit.ts";
import type { PlanTerms } from "./plan-terms.ts";
import { quotaPace } from "./quota-pace.ts";
import { timedWork } from "./timed-work.ts";

interface Gathered extends PlanTerms {
  /** Its facts without those of duplicates, which take no slot and no place. */
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
    earliestExpiry: facts.expiries.sorted()[0] ?? null,
    latestNotBefore: facts.notBefores.sorted().at(-1) ?? null,
    openContacts: findings.limits,
    outsideJob: facts.outsideJob,
    verdict: isPossible ? { kind: "possible" } : { kind: "impossible", reasons },
    cautions: cautions(findings, { duplicates, outsideJob: facts.outsideJob, isPossible }),
  };
}

function findingsOf({ operation }: BackfillJob, { nowMs, pass: { facts }, ...terms }: Gathered): Findings {
  const { settings } = terms;
  const { queueSeconds, staleMarginSeconds } = settings.retention;
  const pace = quotaPace(operation, settings);
  const all = timedWork(facts.groups.all(), nowMs);
  const works = all.filter((work) => !expiresUnsent(work, nowMs));
  return {
    nowMs,
    contacts: facts.rows,
    pace,
    works,
    expired: all.filter((work) => expiresUnsent(work, nowMs)),
    ...forecast(works, nowMs, pace),
    staleMs: nowMs + (queueSeconds - staleMarginSeconds) * 1_000,
    limits: facts.places.all().map((group) => openContactsLimit(group, terms)),
  };
}
