import { NOTHING_LEGIBLE } from "../contract/legible-identity.ts";
import { closeWithFailure } from "./close-with-failure.ts";
import { delayOfUntouched } from "./delay-of-untouched.ts";
import type { Disposition } from "./disposition.ts";
import { giveBack } from "./give-back.ts";
import { PERHAPS_TRIED } from "./perhaps-tried.ts";
import { staleness } from "./timeliness.ts";
import type { Work } from "./work.ts";

/** Puts a message back into its queue that there was no room to read. In its last moments it becomes a dead letter. */
export async function giveBackUnread(hand: Omit<Work, "identity">): Promise<Disposition> {
  const { delivery, worker } = hand;
  const work = { ...hand, identity: NOTHING_LEGIBLE };
  const stale = staleness(delivery, worker.settings, worker.clock.now());
  if (stale === undefined) return giveBack(work, delayOfUntouched(work));
  return await closeWithFailure(work, stale, PERHAPS_TRIED);
}
