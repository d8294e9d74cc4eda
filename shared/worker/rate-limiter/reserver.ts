import type { Bucket } from "../../rate-limiter/bucket.ts";
import { MOST_AGE_OF_KNOWLEDGE_MS } from "../../rate-limiter/most-age-of-knowledge-ms.ts";
import { planReservation } from "../../rate-limiter/plan-reservation.ts";
import type { BucketView } from "./bucket-view.ts";
import type { Asker } from "./line-up.ts";
import { reservationTiming } from "./reservation-timing.ts";
import type { SlotsInHand } from "./slots-in-hand.ts";
import { DONE, idleUntil, NOTHING_TO_DO, type Step } from "./step.ts";

/** Reserves slots for those who have none in hand yet. */
export class Reserver {
  readonly #view: BucketView;
  readonly #hand: SlotsInHand;
  readonly #random: () => number;
  /** When to reserve within a look-ahead; drawn anew when somebody has moved the bucket. */
  #jitter = { theoreticalMs: Number.NaN, fraction: 0 };

  constructor(view: BucketView, hand: SlotsInHand, random: () => number) {
    this.#view = view;
    this.#hand = hand;
    this.#random = random;
  }

  async reserve(ready: readonly Asker[], bucket: Bucket, nowMs: number): Promise<Step> {
    const wanting = ready.slice(this.#hand.size);
    const [first] = wanting;
    if (first === undefined) return NOTHING_TO_DO;
    const { lane } = first.request;
    const latestMs = wanting.filter(({ request }) => request.lane === lane).map(({ request }) => request.latestMs);
    const circumstances = { pace: this.#view.pace, nowMs, jitter: this.#jitterFor(bucket) };
    const plan = planReservation(bucket, { lane, latestMs }, circumstances);

    const { dueMs, mostAgeMs } = reservationTiming(plan, { lane, askedAtMs: first.askedAtMs, nowMs });
    if (dueMs > nowMs) return idleUntil(dueMs);
    if (!this.#view.isKnown(mostAgeMs, nowMs)) {
      await this.#view.refresh();
      return DONE;
    }
    if (plan.kind !== "reserve") return idleUntil(nowMs + MOST_AGE_OF_KNOWLEDGE_MS);
    this.#hand.add(await this.#view.reserve(plan.reservation));
    return DONE;
  }

  #jitterFor({ theoreticalMs }: Bucket): number {
    if (this.#jitter.theoreticalMs !== theoreticalMs) this.#jitter = { theoreticalMs, fraction: this.#random() };
    return this.#jitter.fraction;
  }
}
