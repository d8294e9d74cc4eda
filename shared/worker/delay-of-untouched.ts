import { growingDelayMs } from "./growing-delay-ms.ts";
import type { Work } from "./work.ts";

/**
 * For how long a message goes back for which there was no time. A live one that was never begun is visible at once: another
 * worker may have time for it. A backfill message comes back later and later: while live takes the whole quota it would be
 * received again and again, until it had come too often.
 */
export const delayOfUntouched = (work: Work): number => (work.delivery.lane === "live" ? 0 : growingDelayMs(work));
