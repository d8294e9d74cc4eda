/** How long, and how often, the worker goes on with a request that fails. */
export interface RetrySettings {
  /** The delay before a message is tried again: full jitter over `baseMs` · 2ⁿ, at most `maxMs`. */
  readonly backoff: { readonly baseMs: number; readonly maxMs: number };
  /** `transient` is given up after so many attempts **and** so long after the first one. */
  readonly transient: { readonly attempts: number; readonly ageMs: number };
  /** `conflict` is given up after so many attempts. */
  readonly conflict: { readonly attempts: number };
  /** `denied` is given up so long after the first attempt: time to mend the deployment. */
  readonly denied: { readonly ageMs: number };
  /** ServiceQuotaExceededException so often, while other requests go through between, is about this request. */
  readonly capacityRefusals: number;
}
