/** SIGHUP comes when the terminal is closed. */
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Has something done at once when SIGINT, SIGTERM or SIGHUP comes. The process then ends by that signal, as it would have done,
 * unless somebody else listens to it. Gives what takes this back.
 */
export function beforeInterruption(act: () => void): () => void {
  const onSignal = (signal: NodeJS.Signals): void => {
    takeBack();
    try {
      act();
    } finally {
      if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
    }
  };
  const takeBack = (): void => {
    for (const signal of SIGNALS) process.off(signal, onSignal);
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  return takeBack;
}
