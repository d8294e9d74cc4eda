/** The emulator's time: a base that runs, and an offset that tests move. All times are epoch milliseconds. */
export class EmulatorClock {
  readonly #baseMs: () => number;
  #offsetMs = 0;

  constructor(baseMs: () => number) {
    this.#baseMs = baseMs;
  }

  get offsetMs(): number {
    return this.#offsetMs;
  }

  nowMs(): number {
    return this.#baseMs() + this.#offsetMs;
  }

  /** How far the emulator's time is from its base, from now on. It goes on running. */
  moveTo(offsetMs: number): void {
    this.#offsetMs = offsetMs;
  }

  /** Makes it `instantMs` now. It goes on running from there. */
  setNow(instantMs: number): void {
    this.#offsetMs = instantMs - this.#baseMs();
  }
}
