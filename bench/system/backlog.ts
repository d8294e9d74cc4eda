import { setTimeout as sleep } from "node:timers/promises";
import type { Quota } from "../quota-of-connect.ts";
import type { RequestQueue } from "./request-queue.ts";

const LOOK_EVERY_MS = 250;

/** Enough for five seconds of a caller that takes four times the quota. */
const depthFor = ({ ratePerSecond }: Quota): number => Math.max(400, 20 * ratePerSecond);

/** Enough for the burst, and for what the workers take ahead. */
const firstFor = ({ burst }: Quota): number => 2 * burst + 100;

/** 400 a second, which is more than any caller takes, and so little at once that it delays nobody's calls. */
const MOST_AT_ONCE = 100;

/** Keeps a queue from running dry: a backlog without end, as of a campaign of any size. */
export class Backlog {
  readonly #queue: RequestQueue;
  readonly #quota: Quota;
  readonly #stopping = new AbortController();
  #keeping: Promise<void> | undefined;
  #lowest = Number.POSITIVE_INFINITY;

  constructor(queue: RequestQueue, quota: Quota) {
    this.#queue = queue;
    this.#quota = quota;
  }

  /** The fewest messages that were seen to wait. */
  get lowest(): number {
    return this.#lowest;
  }

  /** Resolves when there is work enough; the backlog goes on growing to its depth. */
  async start(): Promise<void> {
    await this.#queue.sendMany(firstFor(this.#quota));
    this.#keeping = this.#keep(this.#stopping.signal);
    // Told by `stop`, which waits for it.
    this.#keeping.catch(() => undefined);
  }

  /** Sends no more. Rejects if the backlog could not be kept. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#keeping;
  }

  async #keep(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const { visible } = this.#queue.depth();
      this.#lowest = Math.min(this.#lowest, visible);
      const missing = depthFor(this.#quota) - visible;
      if (missing > 0) await this.#queue.sendMany(Math.min(missing, MOST_AT_ONCE));
      // A measurement that fails leaves the backlog behind: it keeps no process alive.
      await sleep(LOOK_EVERY_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }
}
