import { type Disposition, returned } from "./disposition.ts";
import { note, type Work } from "./work.ts";

/** Puts a message back into its queue, to be delivered again after the delay. */
export function giveBack(work: Work, delayMs: number): Disposition {
  note(work, { text: "Contact request returned to the queue", level: "info", delayMs });
  return returned(delayMs);
}
