import type { Bucket } from "../../rate-limiter/bucket.ts";
import { MOST_AGE_OF_KNOWLEDGE_MS } from "../../rate-limiter/most-age-of-knowledge-ms.ts";
import { gateFor, withProbeFor } from "../../rate-limiter/pauses.ts";
import type { SlotAnswer, SlotRequest } from "../../rate-limiter/slot.ts";
import type { ApiRateLimiterOptions } from "./api-rate-limiter-options.ts";
import type { BucketView, SlotOfEra } from "./bucket-view.ts";
import { type Asker, type Line, lineUp } from "./line-up.ts";
import { Reserver } from "./reserver.ts";
import { SlotsInHand } from "./slots-in-hand.ts";
import { DONE, idleUntil, NOTHING_TO_DO, type Step } from "./step.ts";
import { Waker } from "./waker.ts";

/** A slot that is given out now. */
export interface Grant {
  readonly slot: SlotOfEra;
  /** For a probe: until when it holds the lease. */
  readonly leaseUntilMs?: number;
}

interface Moment {
  readonly bucket: Bucket;
  readonly nowMs: number;
}

/** The bucket is looked at so long before a slot's moment. */
const LOOK_BEFORE_MS = 50;
/** A slot that nobody in this process wants is kept so long for somebody who may ask now. */
const KEEP_SPARE_MS = 20;

/**
 * Where those wait in one process who want to call one Connect API. It reserves slots for all of them together, and
 * gives each slot at its moment to the one who has waited longest.
 */
export class SlotDesk {
  readonly #view: BucketView;
  readonly #options: ApiRateLimiterOptions;
  readonly #toAnswer: (request: SlotRequest, grant: Grant) => SlotAnswer;
  readonly #reserver: Reserver;
  readonly #waker: Waker;
  #waiting: readonly Asker[] = [];
  readonly #hand = new SlotsInHand();
  #spareSinceMs: number | undefined;
  /** Since it was settled last, somebody whom no pause concerned got a slot: the batch is not paused as a whole. */
  #hasMoved = false;
  /** Until when the others wait for one who has asked, was let pass, and will call as a probe. */
  readonly #scoutedUntilMs = new Map<string, number>();
  #work: Promise<void> | undefined;

  constructor(
    view: BucketView,
    options: ApiRateLimiterOptions,
    toAnswer: (request: SlotRequest, grant: Grant) => SlotAnswer,
  ) {
    this.#view = view;
    this.#options = options;
    this.#toAnswer = toAnswer;
    this.#reserver = new Reserver(view, this.#hand, options.random);
    this.#waker = new Waker(options.clock);
  }

  async take(request: SlotRequest): Promise<SlotAnswer> {
    return await new Promise((resolve, reject) => this.#queue({ request, askedAtMs: this.#now(), resolve, reject }));
  }

  /** Until when a pause holds such a call back; nothing where none does. Held for a while, as those are who want a slot. */
  async pausedUntil(request: SlotRequest): Promise<number | undefined> {
    return await new Promise((resolve, reject) => {
      const answered = (answer: SlotAnswer) => resolve(answer.kind === "paused" ? answer.untilMs : undefined);
      const pass = () => resolve(undefined);
      this.#queue({ request, askedAtMs: this.#now(), resolve: answered, reject, pass });
    });
  }

  /** Takes back a slot that was not used, for somebody else. */
  putBack(slot: SlotOfEra): void {
    this.#hand.add([slot]);
    this.wake();
  }

  /** There is something to do, or something has happened to the bucket. */
  wake(): void {
    this.#waker.wake();
    if (this.#hasWork()) this.#work ??= this.#attend();
  }

  /** Resolves when nobody waits, and what is left of the slots is given back. */
  async settled(): Promise<void> {
    await this.#work;
    this.#hasMoved = false;
  }

  #queue(asker: Asker): void {
    this.#waiting = [...this.#waiting, asker];
    this.wake();
  }

  #hasWork(): boolean {
    return this.#waiting.length > 0 || this.#hand.spare(0).length > 0;
  }

  async #attend(): Promise<void> {
    try {
      while (this.#hasWork()) await this.#turn();
    } catch (bug) {
      for (const asker of this.#waiting) asker.reject(bug);
      this.#waiting = [];
    } finally {
      this.#work = undefined;
    }
  }

  /** Does the one thing that is due, or sleeps until something may be. */
  async #turn(): Promise<void> {
    await this.#view.idle();
    const { bucket } = this.#view;
    if (bucket === undefined) return await this.#view.refresh();

    const nowMs = this.#now();
    this.#hand.keepUsable(this.#view.era, nowMs);
    const steps = [
      this.#letPass,
      this.#answerHeld,
      this.#turnAway,
      this.#grantFirst,
      this.#reserve,
      this.#giveBackSpare,
    ];
    const line = this.#lineUp(bucket, nowMs);
    let untilMs = Number.POSITIVE_INFINITY;
    for (const step of steps) {
      const outcome = await step.call(this, line, { bucket, nowMs });
      if (outcome.kind === "done") return;
      untilMs = Math.min(untilMs, outcome.untilMs);
    }
    await this.#waker.sleepUntil(untilMs);
  }

  #lineUp({ pauses }: Bucket, nowMs: number): Line {
    const { probeLeaseMs } = this.#options.pause;
    return lineUp(this.#waiting, { pauses, nowMs, probeLeaseMs, scoutedUntilMs: this.#scoutedUntilMs });
  }

  /** Where a probe is due, one passes: nobody knows yet whether there is room, and what each of them begins takes some. */
  async #letPass({ passing, scouted }: Line, { nowMs }: Moment): Promise<Step> {
    if (passing.length === 0) return NOTHING_TO_DO;
    if (!this.#view.isKnown(MOST_AGE_OF_KNOWLEDGE_MS, nowMs)) return await this.#refreshed();
    this.#waiting = this.#waiting.filter((each) => !passing.includes(each));
    for (const group of scouted) this.#scoutedUntilMs.set(group, nowMs + this.#options.pause.probeLeaseMs);
    for (const asker of passing) asker.pass?.();
    return DONE;
  }

  /**
   * A batch that is paused as a whole is held for a while before it goes back. Of any other batch the paused ones go at
   * once: it ends with its last record, and until then nobody takes the slots of the next one.
   */
  async #answerHeld({ held, isMoving }: Line, { nowMs }: Moment): Promise<Step> {
    for (const asker of this.#waiting) {
      if (!held.some((each) => each.asker === asker)) asker.heldSinceMs = undefined;
    }
    if (held.length === 0) return NOTHING_TO_DO;
    if (!this.#view.isKnown(MOST_AGE_OF_KNOWLEDGE_MS, nowMs)) return await this.#refreshed();
    const holdMs = isMoving || this.#hasMoved ? 0 : this.#options.holdMs;
    let untilMs = nowMs + MOST_AGE_OF_KNOWLEDGE_MS;
    for (const { asker, untilMs: pausedUntilMs } of held) {
      asker.heldSinceMs ??= nowMs;
      const heldUntilMs = Math.min(asker.heldSinceMs + holdMs, asker.request.latestMs);
      if (nowMs >= heldUntilMs) this.#answer(asker, { kind: "paused", untilMs: pausedUntilMs });
      untilMs = Math.min(untilMs, heldUntilMs, pausedUntilMs);
    }
    return idleUntil(untilMs);
  }

  async #turnAway({ ready }: Line, { nowMs }: Moment): Promise<Step> {
    const late = ready.filter(({ request }) => request.latestMs < nowMs);
    for (const asker of late) this.#answer(asker, { kind: "none-in-time" });
    if (late.length > 0) return DONE;
    return idleUntil(Math.min(...ready.map(({ request }) => request.latestMs + 1)));
  }

  async #grantFirst({ ready: [asker] }: Line, { bucket, nowMs }: Moment): Promise<Step> {
    const slot = this.#hand.first;
    if (asker === undefined || slot === undefined) return NOTHING_TO_DO;
    if (!this.#view.isKnown(MOST_AGE_OF_KNOWLEDGE_MS, Math.max(slot.atMs, nowMs))) {
      const lookAtMs = slot.atMs - LOOK_BEFORE_MS;
      return lookAtMs > nowMs ? idleUntil(lookAtMs) : await this.#refreshed();
    }
    if (slot.atMs > nowMs) return idleUntil(slot.atMs);

    const isProbe = gateFor(bucket.pauses, asker.request, nowMs).kind === "probe";
    if (isProbe && !(await this.#claimProbe(asker.request, nowMs))) return DONE;
    this.#hand.remove([slot]);
    this.#hasMoved ||= !isProbe;
    const leaseUntilMs = nowMs + this.#options.pause.probeLeaseMs;
    this.#answer(asker, this.#toAnswer(asker.request, { slot, ...(isProbe && { leaseUntilMs }) }));
    return DONE;
  }

  async #claimProbe(request: SlotRequest, nowMs: number): Promise<boolean> {
    return await this.#view.change((bucket) => {
      if (gateFor(bucket.pauses, request, nowMs).kind !== "probe") return bucket;
      return {
        ...bucket,
        pauses: withProbeFor(bucket.pauses, request, { atMs: nowMs, settings: this.#options.pause }),
      };
    });
  }

  async #reserve({ ready }: Line, { bucket, nowMs }: Moment): Promise<Step> {
    return await this.#reserver.reserve(ready, bucket, nowMs);
  }

  async #giveBackSpare({ ready }: Line, { nowMs }: Moment): Promise<Step> {
    const spare = this.#hand.spare(ready.length);
    this.#spareSinceMs = spare.length === 0 ? undefined : (this.#spareSinceMs ?? nowMs);
    if (this.#spareSinceMs === undefined) return NOTHING_TO_DO;
    if (nowMs < this.#spareSinceMs + KEEP_SPARE_MS) return idleUntil(this.#spareSinceMs + KEEP_SPARE_MS);
    this.#spareSinceMs = undefined;
    this.#hand.remove(await this.#view.giveBack(spare));
    this.#hand.keep(spare);
    return DONE;
  }

  async #refreshed(): Promise<Step> {
    await this.#view.refresh();
    return DONE;
  }

  #answer(asker: Asker, answer: SlotAnswer): void {
    this.#waiting = this.#waiting.filter((each) => each !== asker);
    asker.resolve(answer);
  }

  #now(): number {
    return this.#options.clock.now();
  }
}
