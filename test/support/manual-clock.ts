import type { Clock } from "#shared/clock.ts";

/** A clock that stands still until somebody sleeps, and then has slept. */
export class ManualClock implements Clock {
  #nowMs: number;

  constructor(nowMs = Date.parse("2026-11-20T12:00:00Z")) {
    this.#nowMs = nowMs;
  }

  now(): number {
    return this.#nowMs;
  }

  async sleep(waitMs: number): Promise<void> {
    this.#nowMs += waitMs;
  }

  advance(byMs: number): void {
    this.#nowMs += byMs;
  }
}
