import type { Clock } from "../clock.ts";
import { MOST_AGE_OF_JOBS_MS } from "./most-age-of-jobs-ms.ts";
import type { Jobs } from "./ports/jobs.ts";

interface Known {
  readonly askedAtMs: number;
  readonly isCancelled: Promise<boolean>;
}

const MOST_TRIES = 2;

/** Beyond so many jobs, those are forgotten that must be asked for again anyway. */
const MANY = 100;

/**
 * Asks once a second for all the rows of a job that are worked on in this process. The second counts from the question, so
 * that whatever was written before it is known. A question that failed is asked again.
 */
export class RememberedJobs implements Jobs {
  readonly #jobs: Jobs;
  readonly #clock: Clock;
  readonly #known = new Map<string, Known>();

  constructor(jobs: Jobs, clock: Clock) {
    this.#jobs = jobs;
    this.#clock = clock;
  }

  async isCancelled(job: string): Promise<boolean> {
    for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
      const known = this.#fresh(job) ?? this.#ask(job);
      const isCancelled = await known.isCancelled;
      // A cancel is for good. That there was none is worth nothing where the answer took too long.
      if (isCancelled || this.#isFresh(known)) return isCancelled;
    }
    throw new Error("The state table takes too long to say whether a job was cancelled.");
  }

  #fresh(job: string): Known | undefined {
    const known = this.#known.get(job);
    return known !== undefined && this.#isFresh(known) ? known : undefined;
  }

  #ask(job: string): Known {
    const asked = { askedAtMs: this.#clock.now(), isCancelled: this.#jobs.isCancelled(job) };
    this.#remember(job, asked);
    asked.isCancelled.catch(() => {
      if (this.#known.get(job) === asked) this.#known.delete(job);
    });
    return asked;
  }

  #remember(job: string, known: Known): void {
    if (this.#known.size >= MANY) {
      for (const [name, each] of this.#known) if (!this.#isFresh(each)) this.#known.delete(name);
    }
    this.#known.set(job, known);
  }

  /** A clock that was set back makes nothing fresh. */
  #isFresh({ askedAtMs }: Known): boolean {
    const ageMs = this.#clock.now() - askedAtMs;
    return ageMs >= 0 && ageMs < MOST_AGE_OF_JOBS_MS;
  }
}
