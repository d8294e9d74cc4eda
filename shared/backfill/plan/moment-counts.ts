/** How many different moments are kept apart. */
const MOST_MOMENTS = 4_096;

/** Rows that name one moment, in epoch milliseconds. */
export interface CountedMoment {
  readonly atMs: number;
  readonly rows: number;
  /** The first line that names it. */
  readonly line: number;
}

/**
 * Counts moments in a memory that does not grow: where they become too many, those of one second, then of four, of sixteen, are taken
 * for one, the earliest.
 */
export class MomentCounts {
  #moments = new Map<number, CountedMoment>();
  #widthMs = 1;
  #last: { readonly text: string; readonly atMs: number } = { text: "", atMs: 0 };

  /** Takes a moment in ISO 8601, as the contract has it. */
  add(text: string, line: number): void {
    this.#count({ atMs: this.#parsed(text), rows: 1, line });
    while (this.#moments.size > MOST_MOMENTS) this.#coarsen();
  }

  /** Undoes that a row was added. */
  takeBack(text: string): void {
    const slot = this.#slotOf(this.#parsed(text));
    const known = this.#moments.get(slot);
    if (known === undefined) throw new Error("A moment is taken back that was never added.");
    if (known.rows === 1) this.#moments.delete(slot);
    else this.#moments.set(slot, { ...known, rows: known.rows - 1 });
  }

  /** The moments, the earliest first. */
  sorted(): readonly CountedMoment[] {
    return [...this.#moments.values()].toSorted((one, other) => one.atMs - other.atMs);
  }

  #parsed(text: string): number {
    // Mostly a whole file names one.
    if (text !== this.#last.text) this.#last = { text, atMs: Date.parse(text) };
    return this.#last.atMs;
  }

  #slotOf(atMs: number): number {
    return Math.floor(atMs / this.#widthMs);
  }

  #count({ atMs, rows, line }: CountedMoment): void {
    const slot = this.#slotOf(atMs);
    const known = this.#moments.get(slot);
    const counted =
      known === undefined
        ? { atMs, rows, line }
        : { atMs: Math.min(known.atMs, atMs), rows: known.rows + rows, line: Math.min(known.line, line) };
    this.#moments.set(slot, counted);
  }

  #coarsen(): void {
    const moments = this.#moments;
    this.#moments = new Map();
    this.#widthMs = this.#widthMs === 1 ? 1_000 : 4 * this.#widthMs;
    for (const moment of moments.values()) this.#count(moment);
  }
}
