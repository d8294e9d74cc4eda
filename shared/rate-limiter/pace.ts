/** A quota as a token bucket: so many calls a second, and so many at once after a rest. `burst` is at least 1. */
export interface Pace {
  readonly ratePerSecond: number;
  readonly burst: number;
}

/**
 * The part of an account's quota that each of `workers` may plan with when they cannot speak with each other. The bucket
 * is planned with one token less than it has, since calls arrive a little early or late.
 */
export const paceOfEach = ({ ratePerSecond, burst }: Pace, workers: number): Pace => ({
  ratePerSecond: ratePerSecond / workers,
  burst: Math.max(1, Math.floor((burst - 1) / workers)),
});

/**
 * How much earlier or later than their slots calls may arrive at Connect, one against another: new connections and busy
 * processes make some of them late. Measured at 50 a second: 100 ms to spare were too little every now and then, and each
 * 429 costs moments of the rate.
 */
const ARRIVAL_JITTER_SECONDS = 0.25;

/**
 * What all workers together plan with when they share a bucket: as many tokens less than it has as a jitter of 250 ms may
 * take, at least one and at most half of them. A burst of one has none to spare.
 */
export function plannedPace({ ratePerSecond, burst }: Pace): Pace {
  const heldBack = Math.min(Math.ceil(ratePerSecond * ARRIVAL_JITTER_SECONDS), Math.floor(burst / 2));
  return { ratePerSecond, burst: Math.max(1, burst - Math.max(1, heldBack)) };
}
