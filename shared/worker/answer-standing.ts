import { backoffMs } from "../failures/backoff.ts";
import { OUTCOME_UNKNOWN } from "../ledger/refusals.ts";
import type { RefusedStanding, SettledStanding } from "../ledger/standing.ts";
import { closeAbandoned } from "./close-abandoned.ts";
import { closeWithFailure } from "./close-with-failure.ts";
import type { Disposition } from "./disposition.ts";
import { giveBack } from "./give-back.ts";
import { giveUp } from "./give-up.ts";
import { tellContact } from "./tell-contact.ts";
import { note, type StepWork } from "./work.ts";

/** What becomes of a message whose request must not be called now, by what the ledger says of it. */
export async function answerStanding(work: StepWork, standing: SettledStanding): Promise<Disposition> {
  switch (standing.kind) {
    case "started": {
      const { kind: _kind, ...contact } = standing;
      note(work, { text: "Contact was started before", level: "info", contactId: contact.contactId });
      return await tellContact(work, { ...contact, repeated: true });
    }
    case "held":
      return giveBack(work, heldDelayMs(work, standing.untilMs));
    case "moved-on":
      return giveBack(work, 0);
    case "refused":
      return await answerRefused(work, standing);
    case "outcome-unknown":
      return await giveUp(work, OUTCOME_UNKNOWN);
  }
}

/**
 * A lease lasts for as long as its worker may live, and most calls end much sooner: the message comes back to look, less and
 * less often, and at the latest when the lease ends.
 */
function heldDelayMs({ delivery, worker: { clock, settings, random } }: StepWork, untilMs: number): number {
  const leftMs = Math.max(0, untilMs - clock.now());
  return Math.min(leftMs, backoffMs(delivery.receiveCount, settings.retry.backoff, random()));
}

/** Whoever gave the message up may have died before its draft was ended, or its dead letter sent. */
async function answerRefused(
  work: StepWork,
  { failure, history, abandonedDraft }: RefusedStanding,
): Promise<Disposition> {
  if (abandonedDraft === undefined) return await closeWithFailure(work, failure, history);
  return await closeAbandoned(work, abandonedDraft, { failure, history });
}
