import type { Clock } from "#shared/clock.ts";

interface Sleeper {
  readonly atMs: number;
  readonly wake: () => void;
}

/**
 * A clock that runs as fast as everybody on it sleeps: when all wait, it is the moment at which the first one wakes up.
 * Hours take milliseconds, and the order of what happens is the same in every run.
 */
export class VirtualClock implements Clock {
  #nowMs: number;
  #sleepers: Sleeper[] = [];

  constructor(nowMs = Date.parse("2026-11-20T12:00:00Z")) {
    this.#nowMs = nowMs;
  }

  now(): number {
    return this.#nowMs;
  }

  async sleep(waitMs: number): Promise<void> {
    await new Promise<void>((wake) => {
      this.#insert({ atMs: this.#nowMs + Math.max(0, waitMs), wake });
    });
  }

  /** Runs until the moment, or until something is done. Rejects when everybody waits for ever. */
  async run(until: Promise<unknown> | number): Promise<void> {
    const end = this.#endOf(until);
    for (;;) {
      await everybodyWaits();
      if (end.isReached()) return;
      const next = this.#sleepers.shift();
      if (next === undefined) throw new Error("Nobody sleeps, and it is not done: something waits for ever.");
      this.#nowMs = next.atMs;
      next.wake();
    }
  }

  #endOf(until: Promise<unknown> | number): { isReached: () => boolean } {
    if (typeof until === "number") {
      this.#insert({ atMs: until, wake: () => {} });
      return { isReached: () => this.#nowMs >= until };
    }
    let isSettled = false;
    const settle = () => {
      isSettled = true;
    };
    until.then(settle, settle);
    return { isReached: () => isSettled };
  }

  /** After those who wake at the same moment. */
  #insert(sleeper: Sleeper): void {
    let index = this.#sleepers.length;
    while (index > 0 && (this.#sleepers[index - 1]?.atMs ?? 0) > sleeper.atMs) index -= 1;
    this.#sleepers.splice(index, 0, sleeper);
  }
}

/** Resolves when no promise is left that could go on. */
async function everybodyWaits(): Promise<void> {
  await new Promise<void>((resolve) => {
    setImmediate(resolve);
  });
}
