import { acknowledgeOnceTold } from "./acknowledge-once-told.ts";
import type { Disposition } from "./disposition.ts";
import type { StartedContact } from "./started-contact.ts";
import type { AcceptedWork } from "./work.ts";

/** Tells that a request has its contact, which the ledger knows by now, and lets the message go. */
export async function tellContact(
  work: AcceptedWork,
  { contactId, draftContactId, attempts, repeated }: StartedContact,
): Promise<Disposition> {
  const { accepted, worker } = work;
  const { requestId, source = null } = accepted.request;
  return await acknowledgeOnceTold(work, {
    detailType: "Contact Started",
    detail: {
      requestId,
      source,
      operation: worker.operation,
      instanceId: accepted.instance.id,
      contactId,
      ...(draftContactId !== undefined && {
        contactIds: { CreateContact: draftContactId, StartOutboundEmailContact: contactId },
      }),
      attempts,
      repeated,
      at: new Date(worker.clock.now()).toISOString(),
    },
  });
}
