import type { Attempt } from "../ledger/standing.ts";
import { ACKNOWLEDGE, type Disposition } from "./disposition.ts";
import { insist } from "./insist.ts";
import { type AcceptedWork, note } from "./work.ts";

/** Writes down that the contact exists, and only then lets the message go. */
export async function closeWithContact(work: AcceptedWork, attempt: Attempt, contactId: string): Promise<Disposition> {
  await insist(work, () => work.worker.ledger.finish(work, { kind: "started", contactId }, attempt));
  note(work, { text: "Contact started", level: "info", contactId, attempts: attempt.attempts });
  return ACKNOWLEDGE;
}
