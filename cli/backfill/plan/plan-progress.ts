import type { ComparingPass } from "#shared/backfill/plan/find-duplicates.ts";
import { plural } from "#shared/backfill/plan/plural.ts";
import type { JudgedRow } from "#shared/backfill/plan/row-judge.ts";
import { type Progress, startProgress } from "../progress.ts";

/** Shows on standard error how far the plan of a file is: one bar for each time that it is read. */
export class PlanProgress {
  readonly #total: number;
  readonly #start: typeof startProgress;
  #shown: Progress;
  #bytes = 0;
  #rows = 0;
  #refused = 0;

  /** `total` is in bytes. */
  constructor(total: number, start = startProgress) {
    this.#total = total;
    this.#start = start;
    this.#shown = start({ total, title: "Reading" });
  }

  addBytes(count: number): void {
    this.#bytes += count;
    this.#shown.show(
      this.#bytes,
      () => `${plural(this.#rows, "row")}, ${this.#refused.toLocaleString("en-US")} refused`,
    );
  }

  addRow({ kind }: Pick<JudgedRow, "kind">): void {
    this.#rows += 1;
    if (kind !== "good") this.#refused += 1;
  }

  /** The file is read again. */
  compare({ pass, passes }: ComparingPass): void {
    this.#shown.end();
    this.#bytes = 0;
    const which = passes === 1 ? "" : ` (${pass} of ${passes})`;
    this.#shown = this.#start({ total: this.#total, title: `Comparing keys${which}` });
  }

  end(): void {
    this.#shown.end();
  }
}
