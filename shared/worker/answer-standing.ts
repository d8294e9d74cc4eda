import { backoffMs } from "../failures/backoff.ts";
import { OUTCOME_UNKNOWN } from "../ledger/refusals.ts";
import type { SettledStanding } from "../ledger/standing.ts";
import { closeWithFailure } from "./close-with-failure.ts";
import { ACKNOWLEDGE, type Disposition } from "./disposition.ts";
import { giveBack } from "./give-back.ts";
import { giveUp } from "./give-up.ts";
import { type AcceptedWork, note } from "./work.ts";

/**
 * A lease lasts for as long as its worker may live, and most calls end much sooner: the message comes back to look, less and
 * less often, and at the latest when the lease ends.
 */
function heldDelayMs({ delivery, worker: { clock, settings, random } }: AcceptedWork, untilMs: number): number {
  const leftMs = Math.max(0, untilMs - clock.now());
  return Math.min(leftMs, backoffMs(delivery.receiveCount, settings.retry.backoff, random()));
}

/** What becomes of a message whose request must not be called now, by what the ledger says of it. */
export async function answerStanding(work: AcceptedWork, standing: SettledStanding): Promise<Disposition> {
  switch (standing.kind) {
    case "started":
      note(work, { text: "Contact was started before", level: "info", contactId: standing.contactId });
      return ACKNOWLEDGE;
    case "held":
      return giveBack(work, heldDelayMs(work, standing.untilMs));
    case "refused":
      return await closeWithFailure(work, standing.failure, standing.history);
    case "outcome-unknown":
      return await giveUp(work, OUTCOME_UNKNOWN);
  }
}
