import type { Failure } from "../failures/failure.ts";
import type { History } from "../ledger/standing.ts";
import { closeWithFailure } from "./close-with-failure.ts";
import type { Disposition } from "./disposition.ts";
import { endDraft } from "./outbound-email/end-draft.ts";
import type { AcceptedWork } from "./work.ts";

/** Ends the draft of this number, on which certainly nothing was sent, and then lets the message go by a dead letter. */
export async function closeAbandoned(
  work: AcceptedWork,
  draft: number,
  { failure, history }: { readonly failure: Failure; readonly history: History },
): Promise<Disposition> {
  const ending = await endDraft(work, draft);
  switch (ending.kind) {
    case "comes-back":
      return ending.disposition;
    case "ended":
      return await closeWithFailure(work, failure, history);
    case "left":
      // Connect holds a contact for this request that nobody wants.
      return await closeWithFailure(work, failure, { ...history, inDoubt: true });
  }
}
