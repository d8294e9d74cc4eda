/** SIGHUP comes when the terminal is closed. */
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Runs `work` until it ends by itself or SIGINT, SIGTERM or SIGHUP comes, which aborts the signal that it is given. An impatient second
 * signal then changes nothing: ending is under way. Resolves with the name of the signal that came, if one did.
 */
export async function untilInterrupted(
  work: (signal: AbortSignal) => Promise<void>,
): Promise<(typeof SIGNALS)[number] | undefined> {
  const interruption = new AbortController();
  let came: (typeof SIGNALS)[number] | undefined;
  const interrupt = (signal: (typeof SIGNALS)[number]) => {
    came ??= signal;
    interruption.abort();
  };
  for (const signal of SIGNALS) process.on(signal, interrupt);
  try {
    await work(interruption.signal);
  } catch (error) {
    // What was cut short complains, and nobody asked.
    if (came === undefined) throw error;
  } finally {
    for (const signal of SIGNALS) process.off(signal, interrupt);
  }
  return came;
}
