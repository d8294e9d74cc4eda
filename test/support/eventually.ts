import { setTimeout as sleep } from "node:timers/promises";

const LOOK_EVERY_MS = 50;
/** Only a fact that never comes takes so long: a machine that is busy must not fail a test. */
const PATIENCE_MS = 180_000;

/** Waits until the fact holds, and fails with the last reason why it did not. */
export async function eventually(fact: () => void | Promise<void>): Promise<void> {
  const deadlineMs = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      await fact();
      return;
    } catch (reason) {
      if (Date.now() > deadlineMs) throw reason;
    }
    await sleep(LOOK_EVERY_MS);
  }
}
