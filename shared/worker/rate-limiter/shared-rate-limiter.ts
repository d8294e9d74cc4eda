import type { PacedApi } from "../../contract/paced-api.ts";
import type { Slot, SlotAnswer, SlotReport, SlotRequest } from "../../rate-limiter/slot.ts";
import type { BucketStore } from "../ports/bucket-store.ts";
import type { RateLimiter } from "../ports/rate-limiter.ts";
import { ApiRateLimiter } from "./api-rate-limiter.ts";
import type { SharedRateLimiterOptions } from "./shared-rate-limiter-options.ts";

/**
 * The rate limiter that all processes share: a bucket for each Connect API, in a store that they all reach. Invariant,
 * while they reach it: in any window of t no more than burst + rate · t slots of one API have their moment, however many
 * processes there are. Calls leave a little after it, for which the planned burst is smaller than the account's.
 */
export class SharedRateLimiter implements RateLimiter {
  readonly #store: BucketStore;
  readonly #options: SharedRateLimiterOptions;
  readonly #limiters = new Map<PacedApi, ApiRateLimiter>();

  constructor(store: BucketStore, options: SharedRateLimiterOptions) {
    this.#store = store;
    this.#options = options;
  }

  async takeSlot(request: SlotRequest): Promise<SlotAnswer> {
    return await this.#of(request.api).takeSlot(request);
  }

  async pausedUntil(request: SlotRequest): Promise<number | undefined> {
    return await this.#of(request.api).pausedUntil(request);
  }

  report(slot: Slot, report: SlotReport): void {
    this.#of(slot.request.api).report(slot, report);
  }

  /**
   * Resolves when everything that reports have led to is written, and slots that nobody wants are given back. To be
   * awaited at the end of each batch: when nobody waits for a slot any more and before the process is frozen. What asks
   * afterwards is another batch, which is held if all of it is paused. Never rejects.
   */
  async settled(): Promise<void> {
    await Promise.all([...this.#limiters.values()].map(async (limiter) => await limiter.settled()));
  }

  #of(api: PacedApi): ApiRateLimiter {
    const known = this.#limiters.get(api);
    if (known !== undefined) return known;
    const limiter = new ApiRateLimiter(api, this.#store, { ...this.#options, ...this.#options.pacesOf(api) });
    this.#limiters.set(api, limiter);
    return limiter;
  }
}
