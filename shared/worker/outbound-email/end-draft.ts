import type { Disposition } from "../disposition.ts";
import { insist } from "../insist.ts";
import { staleness } from "../timeliness.ts";
import { type AcceptedWork, note } from "../work.ts";
import { draftKey } from "./draft-key.ts";
import { stopContact } from "./stop-contact.ts";

/** What became of a draft on which nothing is sent. */
export type DraftEnding =
  /** It has ended, or there is none. */
  | { readonly kind: "ended" }
  /** It could not be ended for as long as its message may wait. */
  | { readonly kind: "left" }
  /** It could not be ended now. */
  | { readonly kind: "comes-back"; readonly disposition: Disposition };

const ENDED: DraftEnding = { kind: "ended" };

/**
 * Ends the draft of this number, if there is one that was not ended before. To be called only where certainly nothing was,
 * and nothing will be, sent on it: after the ledger has given up the round that it belongs to.
 */
export async function endDraft(work: AcceptedWork, number: number): Promise<DraftEnding> {
  const { accepted, delivery, worker } = work;
  const key = draftKey(accepted, number);
  const contactId = await worker.drafts.contactOf(key);
  if (contactId === undefined) return ENDED;

  if (staleness(delivery, worker.settings, worker.clock.now()) !== undefined) {
    // A message that waited on would be deleted by SQS without a dead letter.
    note(work, { text: "Draft could not be ended", level: "error", contactId });
    return { kind: "left" };
  }
  const comesBack = await stopContact(work, { instanceId: key.instanceId, contactId });
  if (comesBack !== undefined) return { kind: "comes-back", disposition: comesBack };

  await insist(work, () => worker.drafts.markEnded(key));
  note(work, { text: "Draft ended", level: "info", contactId });
  return ENDED;
}
