import { setTimeout as sleep } from "node:timers/promises";

const LOOK_EVERY_MS = 200;

/** No request takes so long at the quota that nothing ends for two minutes. */
const STALL_MS = 120_000;

export interface Watch {
  /** How many messages wait in queues or are being worked on. */
  readonly open: () => number;
  /** Called at every look. */
  readonly onLook: () => void;
  /** Ends the wait; then this rejects. */
  readonly signal: AbortSignal;
}

/** Resolves when no message is open any more, or with how many are when none has ended for two minutes. */
export async function untilEnded({ open, onLook, signal }: Watch): Promise<number> {
  let fewest = Number.POSITIVE_INFINITY;
  let since = performance.now();
  for (;;) {
    const now = open();
    onLook();
    if (now < fewest) {
      fewest = now;
      since = performance.now();
    }
    if (now === 0 || performance.now() - since > STALL_MS) return now;
    await sleep(LOOK_EVERY_MS, undefined, { signal });
  }
}
