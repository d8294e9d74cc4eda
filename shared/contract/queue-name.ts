import type { Operation } from "./operation.ts";

/** How urgent a request is: people wait for `live`, a `backfill` takes what live leaves of the quota. */
export type Lane = "live" | "backfill";

/** The queues of an operation: one for each lane, and one for what cannot become a contact. */
export type QueueRole = Lane | "dead-letters";

/** The name of a deployment's queue: `contact-requests-CreateContact-live`. Upstreams may rely on it. */
export const queueName = (prefix: string, operation: Operation, role: QueueRole): string =>
  `${prefix}-${operation}-${role}`;

/** The lane that a queue of this system serves, by its name. */
export const laneOfQueue = (name: string): Lane => (name.endsWith("-backfill") ? "backfill" : "live");
