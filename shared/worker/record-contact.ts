import type { Attempt } from "../ledger/standing.ts";
import { insist } from "./insist.ts";
import type { StartedContact } from "./started-contact.ts";
import { note, type StepWork } from "./work.ts";

/** Writes down that a step's contact exists. Gives back the one that the ledger knows: the first, should there be two. */
export async function recordContact(work: StepWork, attempt: Attempt, contactId: string): Promise<StartedContact> {
  const { step, worker } = work;
  const onDraft = step.makes === "email" && step.draft !== undefined && { draftContactId: step.draft.contactId };
  const started = { contactId, ...onDraft, attempts: attempt.attempts, repeated: false };
  const outcome = { kind: "started", contactId, ...onDraft } as const;
  const finished = await insist(work, () => worker.ledger.finish(work, outcome, attempt));
  if (finished.kind === "recorded" || finished.standing.kind !== "started") return started;
  const { kind: _kind, ...known } = finished.standing;
  if (known.contactId === contactId) return started;
  // What everything here exists to prevent: somebody must know.
  note(work, { text: "Second contact started", level: "error", contactId, otherContactId: known.contactId });
  return { ...known, repeated: true };
}
