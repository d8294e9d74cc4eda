import { answerStanding } from "../answer-standing.ts";
import type { Disposition } from "../disposition.ts";
import { startContact } from "../start-contact.ts";
import type { AcceptedWork } from "../work.ts";
import type { EmailSteps } from "./email-steps.ts";
import { endDraft } from "./end-draft.ts";
import { makeDraft } from "./make-draft.ts";

/**
 * What the worker does with an outbound e-mail: makes its draft, and sends on it. Wherever an earlier delivery has
 * stopped, this one goes on from there.
 *
 * Invariant: the item of what is sent names the one draft that may be used, and no e-mail is given up before its draft is
 * known. So a draft is ended only when the ledger says for certain that nothing is sent on it.
 */
export async function sendOutboundEmail(work: AcceptedWork, steps: EmailSteps): Promise<Disposition> {
  const sending = { ...work, step: steps.sending() };
  const standing = await work.worker.ledger.lookUp(sending);
  if (standing.kind !== "open") return await answerStanding(sending, standing);

  if (standing.abandonedDraft !== undefined) {
    // Whoever gave up the round before may have died before its draft was ended, and may find this round when it is back.
    const ending = await endDraft(work, standing.abandonedDraft);
    if (ending.kind === "comes-back") return ending.disposition;
  }
  const draft = await makeDraft(work, steps, standing.draft);
  if (draft.kind === "settled") return draft.disposition;

  return await startContact({ ...work, step: steps.sending(draft.draft) });
}
