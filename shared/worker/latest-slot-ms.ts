import type { Work } from "./work.ts";

/** The last moment for a slot that leaves time for the call and for writing down how it ended. */
export const latestSlotMs = ({ deadlineMs, worker: { settings } }: Pick<Work, "deadlineMs" | "worker">): number =>
  deadlineMs - settings.callTimeoutMs - settings.closingTimeMs;
