import type { Disposition } from "../disposition.ts";
import { insist } from "../insist.ts";
import { isInItsLastMoments } from "../is-in-its-last-moments.ts";
import { type AcceptedWork, note } from "../work.ts";
import { draftKey } from "./draft-key.ts";
import { stopContact } from "./stop-contact.ts";

/** What became of a draft on which nothing is sent. */
export type DraftEnding =
  /** It has ended, or there is none. */
  | { readonly kind: "ended" }
  /** Connect refuses to end it, or it could not be ended for as long as its message may wait. */
  | { readonly kind: "left" }
  /** It could not be ended now. */
  | { readonly kind: "comes-back"; readonly disposition: Disposition };

const ENDED: DraftEnding = { kind: "ended" };

/**
 * Ends the draft of this number, if there is one that was not ended before. To be called only where certainly nothing was,
 * and nothing will be, sent on it: after the ledger has given up the round that it belongs to.
 */
export async function endDraft(work: AcceptedWork, number: number): Promise<DraftEnding> {
  const { accepted, worker } = work;
  const key = draftKey(accepted, number);
  const contactId = await worker.drafts.contactOf(key);
  if (contactId === undefined) return ENDED;

  const stopped = await stopContact(work, { instanceId: key.instanceId, contactId });
  if (stopped.kind === "comes-back" && !isInItsLastMoments(work)) return stopped;
  if (stopped.kind !== "ended") {
    note(work, { text: "Draft could not be ended", level: "error", contactId });
    return { kind: "left" };
  }
  await insist(work, () => worker.drafts.markEnded(key));
  note(work, { text: "Draft ended", level: "info", contactId });
  return ENDED;
}
