import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Deployment } from "../system/deployment.ts";
import { writeCustomers, writeTemplate } from "./rows.ts";
import { runBackfill } from "./run-backfill.ts";

/** A file takes two seconds, most of them for the program to start and to plan. */
const ROWS = 2_000;
const BETWEEN_MS = 5_000;

/** Starts one backfill after the other, with a short rest between them, until told to stop. */
export class RepeatedFeeding {
  readonly #deployment: Deployment;
  readonly #signal: AbortSignal;
  readonly #stopping = new AbortController();
  #feeding: Promise<void> | undefined;
  #files = 0;

  constructor(deployment: Deployment, signal: AbortSignal) {
    this.#deployment = deployment;
    this.#signal = signal;
  }

  /** How many files were fed, each whole. */
  get files(): number {
    return this.#files;
  }

  start(): void {
    this.#feeding = this.#feed();
    // Told by `stop`, which waits for it.
    this.#feeding.catch(() => undefined);
  }

  /** Lets the file end that is being fed. Rejects if one could not be fed. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#feeding;
  }

  async #feed(): Promise<void> {
    const directory = await mkdtemp(join(tmpdir(), "contact-requests-bench-"));
    try {
      const [file, template] = [await writeCustomers(directory, ROWS), await writeTemplate(directory)];
      while (!this.#stopping.signal.aborted) {
        const job = `meanwhile-${this.#files + 1}`;
        await runBackfill(this.#deployment, { command: "start", file, template, job }, this.#signal);
        this.#files += 1;
        // A measurement that fails leaves the feeding behind: it keeps no process alive.
        await sleep(BETWEEN_MS, undefined, { signal: this.#stopping.signal, ref: false }).catch(() => undefined);
      }
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  }
}
