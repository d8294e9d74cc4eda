import type { Slot } from "../rate-limiter/slot.ts";
import type { AcceptedWork } from "./work.ts";

/** A process that stood still may wake up when its time is over, and somebody else's turn has come. */
export const isLate = ({ worker }: AcceptedWork, slot: Slot): boolean => worker.clock.now() > slot.request.latestMs;
