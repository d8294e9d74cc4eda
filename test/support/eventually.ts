import { setTimeout as sleep } from "node:timers/promises";

const LOOK_EVERY_MS = 50;

/** Waits until the fact holds, and fails with the last reason why it did not. */
export async function eventually(fact: () => void | Promise<void>, withinMs = 20_000): Promise<void> {
  const deadlineMs = Date.now() + withinMs;
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
