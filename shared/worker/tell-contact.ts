import type { Failure } from "../failures/failure.ts";
import { ACKNOWLEDGE, type Disposition } from "./disposition.ts";
import { failureReportOf } from "./failure-report-of.ts";
import { giveBack } from "./give-back.ts";
import { growingDelayMs } from "./growing-delay-ms.ts";
import { isInItsLastMoments } from "./is-in-its-last-moments.ts";
import { sendDeadLetter } from "./send-dead-letter.ts";
import type { StartedContact } from "./started-contact.ts";
import { tellOutcome } from "./tell-outcome.ts";
import type { AcceptedWork } from "./work.ts";

/**
 * Tells that a request has its contact, which the ledger knows by now, and only then lets the message go. One whose outcome
 * could not be told comes back, and the ledger answers it; in its last moments it waits for a person.
 */
export async function tellContact(work: AcceptedWork, contact: StartedContact): Promise<Disposition> {
  if (await isTold(work, contact)) return ACKNOWLEDGE;
  if (isInItsLastMoments(work)) {
    const report = failureReportOf(work, UNTOLD, { attempts: contact.attempts, inDoubt: true });
    if (await sendDeadLetter(work, report)) return ACKNOWLEDGE;
  }
  return giveBack(work, growingDelayMs(work));
}

const UNTOLD: Failure = {
  code: "Stale",
  kind: "stale",
  message:
    "The request has its contact, but that could not be told for as long as its message may wait. Redrive it: it is answered with that contact, and told.",
};

async function isTold(
  work: AcceptedWork,
  { contactId, draftContactId, attempts, repeated }: StartedContact,
): Promise<boolean> {
  const { accepted, worker } = work;
  const { requestId, source = null } = accepted.request;
  return await tellOutcome(work, {
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
