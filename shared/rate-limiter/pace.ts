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
 * How much earlier or later than their slots calls may arrive at Connect, one against another. Measured at 50 a second: one
 * token to spare, 20 ms, was too little, and a single 429 costs half a minute of the rate.
 */
const ARRIVAL_JITTER_SECONDS = 0.1;

/**
 * What all workers together plan with when they share a bucket: as many tokens less than it has as a jitter of 100 ms may
 * take, and at least one. A burst of one has none to spare.
 */
export const plannedPace = ({ ratePerSecond, burst }: Pace): Pace => ({
  ratePerSecond,
  burst: Math.max(1, burst - Math.max(1, Math.ceil(ratePerSecond * ARRIVAL_JITTER_SECONDS))),
});
