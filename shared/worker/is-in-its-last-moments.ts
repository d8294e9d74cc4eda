import { staleness } from "./timeliness.ts";
import type { Work } from "./work.ts";

/** Whether a message must go now, since SQS would soon delete it silently, or move it without a reason. */
export const isInItsLastMoments = ({ delivery, worker: { clock, settings } }: Work): boolean =>
  staleness(delivery, settings, clock.now()) !== undefined;
