import type { Work } from "./work.ts";

const FIRST_PAUSE_MS = 50;
const LAST_PAUSE_MS = 1_000;
/** What is left of the worker's time for the message to be given back. */
const MARGIN_MS = 500;

/**
 * Tries until it succeeds or the worker's time is almost over, and rejects with the last reason then. For what must be
 * written down once a call has been made: the message is not acknowledged before.
 */
export async function insist<T>({ deadlineMs, worker: { clock } }: Work, action: () => Promise<T>): Promise<T> {
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LAST_PAUSE_MS)) {
    try {
      return await action();
    } catch (reason) {
      if (clock.now() + pauseMs + MARGIN_MS > deadlineMs) throw reason;
    }
    await clock.sleep(pauseMs);
  }
}
