import { apisOf } from "../../contract/apis-of.ts";
import type { Operation } from "../../contract/operation.ts";
import type { PacedApi } from "../../contract/paced-api.ts";
import { plannedQuota } from "../../planned-quota.ts";
import { plannedPace } from "../../rate-limiter/pace.ts";
import type { PlanSettings } from "./plan-terms.ts";

/** The pace of an operation where nobody else draws on its quota. */
export interface QuotaPace {
  /** The API whose quota is the narrowest of those that the operation calls. */
  readonly api: PacedApi;
  readonly ratePerSecond: number;
  /** Calls that may leave at once after a rest. */
  readonly burst: number;
}

/** The slowest API sets the pace: a contact is there when all its calls are made. */
export function quotaPace(operation: Operation, { quotas, quotaShare }: PlanSettings): QuotaPace {
  const paces = apisOf(operation).map((api) => ({ api, ...plannedPace(plannedQuota(quotas[api], quotaShare)) }));
  return paces.reduce((slowest, pace) => (pace.ratePerSecond < slowest.ratePerSecond ? pace : slowest));
}

/** How long so many contacts take from an open moment on, the backfill alone on the quota: the burst leaves at once. */
export const workMs = (
  contacts: number,
  { ratePerSecond, burst }: Pick<QuotaPace, "ratePerSecond" | "burst">,
): number => Math.ceil((Math.max(0, contacts - burst) * 1_000) / ratePerSecond);
