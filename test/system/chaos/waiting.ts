import type { LocalSystem } from "#local/start-local-system.ts";

/** The queues, dead-letter queues apart, that still hold messages, and how many. */
export const waiting = (system: LocalSystem): string[] =>
  Object.entries(system.queueDepths())
    .filter(([name]) => !name.endsWith("-dead-letters"))
    .filter(([, { visible, inFlight, delayed }]) => visible + inFlight + delayed > 0)
    .map(([name, depth]) => `${name}: ${JSON.stringify(depth)}`);
