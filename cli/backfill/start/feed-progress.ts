import { plural } from "#shared/backfill/plan/plural.ts";
import { readableDuration } from "#shared/backfill/plan/readable-duration.ts";
import { type Progress, startProgress } from "../progress.ts";

interface FeedSoFar {
  readonly rows: number;
  /** Rows that were fed before this run. */
  readonly before: number;
}

/** Shows how many rows are on their queue, how fast that goes, and how long it will take. */
export class FeedProgress {
  readonly #progress: Progress;
  readonly #total: number;
  readonly #startedAt = performance.now();
  readonly #before: number;
  #fed = 0;
  #refused = 0;

  constructor({ rows, before }: FeedSoFar) {
    this.#total = rows;
    this.#before = before;
    this.#progress = startProgress({ total: rows, title: "Feeding" });
  }

  row(kind: "sent" | "refused" | "failed"): void {
    this.#fed += 1;
    if (kind === "refused") this.#refused += 1;
    this.#progress.show(this.#before + this.#fed, () => this.#words());
  }

  end(): void {
    this.#progress.end();
  }

  #words(): string {
    const done = this.#before + this.#fed;
    const ms = performance.now() - this.#startedAt;
    const perSecond = Math.round((1_000 * this.#fed) / ms);
    const left = readableDuration(Math.max(0, (this.#total - done) * ms) / this.#fed);
    const of = `${done.toLocaleString("en-US")} of ${plural(this.#total, "row")}`;
    return `${of}, ${perSecond} a second, ${this.#refused.toLocaleString("en-US")} refused, ${left} left`;
  }
}
