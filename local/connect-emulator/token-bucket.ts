/** A quota of calls: tokens that come back, and how many can wait. */
export interface Quota {
  readonly ratePerSecond: number;
  readonly burst: number;
}

/** Amazon Connect's token bucket for one API: full at the start, one token a call, refused calls take none. */
export class TokenBucket {
  readonly quota: Quota;
  #tokens: number;
  #filledAtMs: number;

  constructor(quota: Quota, nowMs: number) {
    this.quota = quota;
    this.#tokens = quota.burst;
    this.#filledAtMs = nowMs;
  }

  /** Takes a token, or says that there is none. A clock that was set back fills nothing and blocks nothing. */
  take(nowMs: number): boolean {
    const elapsedMs = Math.max(0, nowMs - this.#filledAtMs);
    this.#tokens = Math.min(this.quota.burst, this.#tokens + (elapsedMs * this.quota.ratePerSecond) / 1000);
    this.#filledAtMs = nowMs;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}
