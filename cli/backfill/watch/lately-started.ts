import type { RowOutcome } from "./row-outcome.ts";

/** Epoch milliseconds, both included. */
interface TimeSpan {
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * Counts what has been started within a span of time. Rows of one key have one contact. Holds the ids of the contacts of that time, of
 * which the quota lets through only so many.
 */
export class LatelyStarted {
  readonly #span: TimeSpan;
  readonly #contactIds = new Set<string>();
  /** Rows that have a contact of that time. */
  rows = 0;

  constructor(span: TimeSpan) {
    this.#span = span;
  }

  get contacts(): number {
    return this.#contactIds.size;
  }

  add({ contactId, atMs }: RowOutcome): void {
    if (contactId === undefined || atMs === undefined) return;
    if (atMs < this.#span.fromMs || atMs > this.#span.toMs) return;
    this.rows += 1;
    this.#contactIds.add(contactId);
  }
}
