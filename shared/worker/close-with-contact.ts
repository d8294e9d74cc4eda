import type { Attempt } from "../ledger/standing.ts";
import { ACKNOWLEDGE, type Disposition } from "./disposition.ts";
import { insist } from "./insist.ts";
import { type AcceptedWork, note } from "./work.ts";

/** Writes down that the contact exists, and only then lets the message go. */
export async function closeWithContact(work: AcceptedWork, attempt: Attempt, contactId: string): Promise<Disposition> {
  const { ledger } = work.worker;
  const finished = await insist(work, () => ledger.finish(work, { kind: "started", contactId }, attempt));
  if (
    finished.kind === "superseded" &&
    finished.standing.kind === "started" &&
    finished.standing.contactId !== contactId
  ) {
    // What everything here exists to prevent: somebody must know.
    note(work, {
      text: "Second contact started",
      level: "error",
      contactId,
      otherContactId: finished.standing.contactId,
    });
    return ACKNOWLEDGE;
  }
  note(work, { text: "Contact started", level: "info", contactId, attempts: attempt.attempts });
  return ACKNOWLEDGE;
}
