import type { RowOutcome } from "./row-outcome.ts";

/**
 * Counts what has been started from a moment on. Rows of one key have one contact. Holds the ids of the contacts of that time, of
 * which the quota lets through only so many.
 */
export class LatelyStarted {
  readonly #fromMs: number;
  readonly #contactIds = new Set<string>();
  /** Rows that have a contact since. */
  rows = 0;

  /** Epoch milliseconds. */
  constructor(fromMs: number) {
    this.#fromMs = fromMs;
  }

  get contacts(): number {
    return this.#contactIds.size;
  }

  add({ contactId, atMs }: RowOutcome): void {
    if (contactId === undefined || atMs === undefined || atMs < this.#fromMs) return;
    this.rows += 1;
    this.#contactIds.add(contactId);
  }
}
