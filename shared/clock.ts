/** Time, as the core sees it. Milliseconds since the epoch, and milliseconds to wait. */
export interface Clock {
  now(): number;
  sleep(waitMs: number): Promise<void>;
}
