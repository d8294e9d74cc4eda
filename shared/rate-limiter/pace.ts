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
