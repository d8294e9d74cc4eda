import type { SettledStanding } from "../ledger/standing.ts";
import { closeWithFailure } from "./close-with-failure.ts";
import { ACKNOWLEDGE, type Disposition } from "./disposition.ts";
import { giveBack } from "./give-back.ts";
import { type AcceptedWork, note } from "./work.ts";

/** What becomes of a message whose request must not be called now, by what the ledger says of it. */
export async function answerStanding(work: AcceptedWork, standing: SettledStanding): Promise<Disposition> {
  switch (standing.kind) {
    case "started":
      note(work, { text: "Contact was started before", level: "info", contactId: standing.contactId });
      return ACKNOWLEDGE;
    case "held":
      return giveBack(work, Math.max(0, standing.untilMs - work.worker.clock.now()));
    case "refused":
      return await closeWithFailure(work, standing.failure, standing.history);
  }
}
