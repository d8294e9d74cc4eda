import type { Failure } from "../failures/failure.ts";
import type { FailureReport } from "../failures/failure-report.ts";
import type { History } from "../ledger/standing.ts";
import { ACKNOWLEDGE, type Disposition } from "./disposition.ts";
import { failureReportOf } from "./failure-report-of.ts";
import { giveBack } from "./give-back.ts";
import { growingDelayMs } from "./growing-delay-ms.ts";
import { isInItsLastMoments } from "./is-in-its-last-moments.ts";
import { sendDeadLetter } from "./send-dead-letter.ts";
import { type FailedWork, tellFailure } from "./tell-failure.ts";
import { note } from "./work.ts";

/**
 * Puts the message into the dead-letter queue, tells it, and lets the message go. If the dead letter cannot be sent, or
 * the outcome not told, the message comes back. The ledger, where the request has got that far, has it as failed before.
 *
 * A message that comes back is told first: while the bus takes nothing it would leave one more letter each time. In its last
 * moments the letter is what counts.
 *
 * What a person has decided needs nobody to look after it: a row of a cancelled backfill becomes no dead letter, unless
 * there may be a contact.
 */
export async function closeWithFailure(work: FailedWork, failure: Failure, history: History): Promise<Disposition> {
  const report = failureReportOf(work, failure, history);
  const tell = async () => await tellFailure(work, report);
  if (failure.kind === "cancelled" && report.contact === "none") return await closeCancelled(work, report);

  const send = async () => await sendDeadLetter(work, report);
  if (isInItsLastMoments(work)) {
    if (!(await send())) return comesBack(work);
    await tell();
    return ACKNOWLEDGE;
  }
  const [first, second] = work.delivery.receiveCount === 1 ? [send, tell] : [tell, send];
  return (await first()) && (await second()) ? ACKNOWLEDGE : comesBack(work);
}

async function closeCancelled(work: FailedWork, report: FailureReport): Promise<Disposition> {
  const { failure, attempts } = report;
  note(work, { text: "Contact request cancelled", level: "info", kind: failure.kind, code: failure.code, attempts });
  const isTold = await tellFailure(work, report);
  return isTold || isInItsLastMoments(work) ? ACKNOWLEDGE : comesBack(work);
}

const comesBack = (work: FailedWork): Disposition => giveBack(work, growingDelayMs(work));
