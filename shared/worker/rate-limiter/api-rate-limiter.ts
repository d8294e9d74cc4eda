import type { PacedApi } from "../../contract/paced-api.ts";
import { type Acceptances, laterOf } from "../../rate-limiter/acceptances.ts";
import type { Bucket } from "../../rate-limiter/bucket.ts";
import { pauseGroup, pausesAfter, withEverythingPaused } from "../../rate-limiter/pauses.ts";
import type { Slot, SlotAnswer, SlotReport, SlotRequest } from "../../rate-limiter/slot.ts";
import { slowedDown } from "../../rate-limiter/slowed-down.ts";
import { afterOneMore, isLong, NO_STREAK } from "../../rate-limiter/streak.ts";
import type { BucketStore } from "../ports/bucket-store.ts";
import type { RateLimiter } from "../ports/rate-limiter.ts";
import type { ApiRateLimiterOptions } from "./api-rate-limiter-options.ts";
import { BucketView } from "./bucket-view.ts";
import { type Grant, SlotDesk } from "./slot-desk.ts";

/** The rate limiter of one process for one Connect API. */
export class ApiRateLimiter implements RateLimiter {
  readonly #view: BucketView;
  readonly #desk: SlotDesk;
  readonly #options: ApiRateLimiterOptions;
  readonly #grants = new WeakMap<Slot, Grant>();
  #streak = NO_STREAK;
  #acceptedAtMs: Acceptances = {};

  constructor(api: PacedApi, store: BucketStore, options: ApiRateLimiterOptions) {
    this.#options = options;
    this.#view = new BucketView(api, store, options);
    this.#desk = new SlotDesk(this.#view, options, (request, grant) => this.#granted(request, grant));
  }

  async takeSlot(request: SlotRequest): Promise<SlotAnswer> {
    return await this.#desk.take(request);
  }

  async pausedUntil(request: SlotRequest): Promise<number | undefined> {
    return await this.#desk.pausedUntil(request);
  }

  report(slot: Slot, report: SlotReport): void {
    const grant = this.#grants.get(slot);
    if (grant === undefined) return;
    this.#grants.delete(slot);
    const nowMs = this.#options.clock.now();
    if (report === "accepted") this.#acceptedAtMs = { ...this.#acceptedAtMs, [pauseGroup(slot.request)]: nowMs };
    if (report === "unused") this.#desk.putBack(grant.slot);
    this.#streak = afterOneMore(this.#streak, report);
    this.#follow({ report, atMs: nowMs, request: slot.request, ...grant });
  }

  async settled(): Promise<void> {
    await this.#desk.settled();
    await this.#view.idle();
  }

  #granted(request: SlotRequest, grant: Grant): SlotAnswer {
    const lastAcceptedAtMs = this.#knownAcceptances()[pauseGroup(request)];
    const slot = {
      request,
      atMs: grant.slot.atMs,
      isProbe: grant.leaseUntilMs !== undefined,
      ...(lastAcceptedAtMs !== undefined && { lastAcceptedAtMs }),
    };
    this.#grants.set(slot, grant);
    return { kind: "granted", slot };
  }

  /** What a report changes in the bucket that all share. */
  #follow(call: Reported): void {
    const { pause } = this.#options;
    this.#change((bucket) => {
      const pauses = pausesAfter(bucket.pauses, call, pause);
      return pauses === bucket.pauses ? bucket : { ...bucket, pauses };
    });
    const isStreak = isLong(this.#streak);
    if (call.report === "denied" && isStreak) {
      this.#change((bucket) => {
        const pauses = withEverythingPaused(bucket.pauses, call.atMs, pause);
        return pauses === bucket.pauses ? bucket : { ...bucket, pauses };
      });
    }
    if (call.report === "throttled" || (call.report === "transient" && isStreak)) {
      // What a call of an earlier era met was answered by the slow-down that ended it.
      this.#change((bucket) =>
        this.#view.era === call.slot.era ? slowedDown(bucket, this.#view.pace, this.#options.clock.now()) : bucket,
      );
    }
  }

  /** Changes the bucket in the background, if there is something to change as far as is known. */
  #change(decide: (bucket: Bucket) => Bucket): void {
    const known = this.#view.bucket;
    if (known !== undefined && decide(known) === known) return;
    const written = this.#view.change((bucket) => this.#withAcceptances(bucket, decide(bucket)));
    written.then(() => this.#desk.wake(), this.#options.onOutage);
  }

  /** Tells the others along with what is written anyway. */
  #withAcceptances(from: Bucket, to: Bucket): Bucket {
    return to === from ? to : { ...to, acceptedAtMs: laterOf(to.acceptedAtMs, this.#acceptedAtMs) };
  }

  #knownAcceptances(): Acceptances {
    return laterOf(this.#acceptedAtMs, this.#view.bucket?.acceptedAtMs ?? {});
  }
}

interface Reported extends Grant {
  readonly request: SlotRequest;
  readonly report: SlotReport;
  readonly atMs: number;
}
