import type { Clock } from "../../clock.ts";

/** A sleep that cannot be cancelled must not outlive what it was for by long. */
const LONGEST_SLEEP_MS = 1_000;

/** Sleeps until a moment, or until it is woken. */
export class Waker {
  readonly #clock: Clock;
  #isWoken = false;
  #ring = (): void => {};

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Ends the sleep, or the next one if nobody sleeps now. */
  wake(): void {
    this.#isWoken = true;
    this.#ring();
  }

  /** Sleeps at least a millisecond, and may wake up early. */
  async sleepUntil(atMs: number): Promise<void> {
    if (!this.#isWoken) {
      const waitMs = Math.min(Math.max(Math.ceil(atMs - this.#clock.now()), 1), LONGEST_SLEEP_MS);
      const { promise: woken, resolve } = Promise.withResolvers<void>();
      this.#ring = resolve;
      await Promise.race([this.#clock.sleep(waitMs), woken]);
    }
    this.#isWoken = false;
  }
}
