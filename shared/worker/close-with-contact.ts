import type { Disposition } from "./disposition.ts";
import type { StartedContact } from "./started-contact.ts";
import { tellContact } from "./tell-contact.ts";
import { note, type StepWork } from "./work.ts";

/** Tells that the contact exists, which the ledger knows by now, and only then lets the message go. */
export async function closeWithContact(work: StepWork, contact: StartedContact): Promise<Disposition> {
  const { contactId, attempts, repeated } = contact;
  // Of a second contact it was told already that it is one too many.
  if (!repeated) note(work, { text: "Contact started", level: "info", contactId, attempts });
  return await tellContact(work, contact);
}
