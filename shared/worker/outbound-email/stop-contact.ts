import { backoffMs } from "../../failures/backoff.ts";
import { classifyCallFailure } from "../../failures/classify-call-failure.ts";
import type { Disposition } from "../disposition.ts";
import { giveBack } from "../give-back.ts";
import type { ContactPlace } from "../ports/connect.ts";
import { slotReport } from "../slot-report.ts";
import { takeSlot } from "../take-slot.ts";
import type { AcceptedWork } from "../work.ts";
import { note } from "../work.ts";

/**
 * Ends a contact, at the pace of StopContact's own quota. Answers with what becomes of the message where it could not be
 * ended now; with nothing where it has ended, or is not there to be ended.
 */
export async function stopContact(work: AcceptedWork, contact: ContactPlace): Promise<Disposition | undefined> {
  const { connect, rateLimiter, settings } = work.worker;
  const taken = await takeSlot(work, { api: "StopContact" });
  if (taken.kind === "settled") return taken.disposition;

  const answer = await connect.stop(contact, settings.callTimeoutMs);
  if (answer.kind === "ended") {
    rateLimiter.report(taken.slot, "accepted");
    return undefined;
  }
  const kind = classifyCallFailure(answer.failure);
  rateLimiter.report(taken.slot, slotReport(kind));
  // Whatever Connect says against it for good: there is nothing that we could end.
  if (kind === "rejected") return undefined;
  note(work, { text: "Call failed", level: "warn", api: "StopContact", kind, code: answer.failure.name });
  return giveBack(work, backoffMs(work.delivery.receiveCount, settings.retry.backoff, work.worker.random()));
}
