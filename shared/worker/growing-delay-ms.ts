import { backoffMs } from "../failures/backoff.ts";
import type { Work } from "./work.ts";

/** For how long a message goes back for which nothing was attempted: longer, the more often it has come. */
export const growingDelayMs = ({ delivery, worker: { settings, random } }: Pick<Work, "delivery" | "worker">): number =>
  backoffMs(delivery.receiveCount, settings.retry.backoff, random());
