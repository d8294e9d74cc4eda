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
  /** Not by this run. */
  #byOthers: number;
  #fed = 0;
  #refused = 0;

  constructor({ rows, before }: FeedSoFar, progress = startProgress({ total: rows, title: "Feeding" })) {
    this.#total = rows;
    this.#byOthers = before;
    this.#progress = progress;
  }

  row(kind: "sent" | "refused" | "failed"): void {
    this.#fed += 1;
    if (kind === "refused") this.#refused += 1;
    this.#show();
  }

  /** Another process has fed so many of the rows that were left. */
  fedByOthers(rows: number): void {
    this.#byOthers += rows;
    this.#show();
  }

  end(): void {
    this.#progress.end();
  }

  get #done(): number {
    return this.#byOthers + this.#fed;
  }

  #show(): void {
    this.#progress.show(this.#done, () => this.#words());
  }

  #words(): string {
    const ms = performance.now() - this.#startedAt;
    const perSecond = Math.round((1_000 * this.#fed) / ms);
    const of = `${this.#done.toLocaleString("en-US")} of ${plural(this.#total, "row")}`;
    return `${of}, ${perSecond} a second, ${this.#refused.toLocaleString("en-US")} refused${this.#left(ms)}`;
  }

  /** Nothing where others do all of it. */
  #left(ms: number): string {
    if (this.#fed === 0) return "";
    return `, ${readableDuration(Math.max(0, (this.#total - this.#done) * ms) / this.#fed)} left`;
  }
}
