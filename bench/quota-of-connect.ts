/** The token bucket of one Connect API. */
export interface Quota {
  readonly ratePerSecond: number;
  readonly burst: number;
}
