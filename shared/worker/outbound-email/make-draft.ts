import { answerStanding } from "../answer-standing.ts";
import { callConnect } from "../call-connect.ts";
import type { Disposition } from "../disposition.ts";
import { giveBack } from "../give-back.ts";
import { settleUntimely } from "../settle-untimely.ts";
import { slotRequestFor } from "../slot-request-for.ts";
import type { Draft } from "../step.ts";
import type { StepEnd } from "../step-end.ts";
import { type AcceptedWork, note, type StepWork } from "../work.ts";
import type { EmailSteps } from "./email-steps.ts";

export type DraftMade =
  | { readonly kind: "made"; readonly draft: Draft }
  /** It was not, or not yet: this becomes of the message. */
  | { readonly kind: "settled"; readonly disposition: Disposition };

/** The draft of this number: the one that the ledger knows, or a new one. */
export async function makeDraft(work: AcceptedWork, steps: EmailSteps, number: number): Promise<DraftMade> {
  const drafting = { ...work, step: steps.draft(number) };
  const made = (contactId: string): DraftMade => ({ kind: "made", draft: { number, contactId } });

  const standing = await work.worker.ledger.lookUp(drafting);
  if (standing.kind === "started") return made(standing.contactId);
  if (standing.kind !== "open") return settled(await answerStanding(drafting, standing));

  const end = await whileItMayBeSent(drafting, steps);
  switch (end.kind) {
    case "settled":
      return end;
    case "stands":
      if (end.standing.kind === "started") return made(end.standing.contactId);
      return settled(await answerStanding(drafting, end.standing));
    case "contact":
      note(drafting, { text: "Draft made", level: "info", contactId: end.contact.contactId });
      return made(end.contact.contactId);
  }
}

/** Makes the draft, but not while nothing could be sent on it: drafts count as open e-mails, and would fill the account. */
async function whileItMayBeSent(work: StepWork, steps: EmailSteps): Promise<StepEnd> {
  const untimely = await settleUntimely(work);
  if (untimely !== undefined) return settled(untimely);

  const { clock, rateLimiter } = work.worker;
  const pausedUntilMs = await rateLimiter.pausedUntil(slotRequestFor(work, steps.sending()));
  if (pausedUntilMs !== undefined) return settled(giveBack(work, Math.max(0, pausedUntilMs - clock.now())));

  return await callConnect(work);
}

const settled = (disposition: Disposition) => ({ kind: "settled", disposition }) as const;
