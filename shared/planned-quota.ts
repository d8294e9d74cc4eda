import type { Pace } from "./rate-limiter/pace.ts";

/** What a deployment may plan with, where it has `share` (above 0, at most 1) of an account's quota. */
export const plannedQuota = ({ ratePerSecond, burst }: Pace, share: number): Pace => ({
  ratePerSecond: ratePerSecond * share,
  // A bucket has whole tokens, and without one it gives nothing. Products such as 0.29 × 100 are a little below 29.
  burst: Math.max(1, Math.floor(burst * share + 1e-9)),
});
