import { backoffMs } from "../failures/backoff.ts";
import type { Outcome } from "../outcomes/outcome.ts";
import { ACKNOWLEDGE, type Disposition, returned } from "./disposition.ts";
import { faultOf } from "./fault-of.ts";
import { insist } from "./insist.ts";
import { note, type Work } from "./work.ts";

/**
 * Tells what became of a request, and only then lets its message go. A message whose outcome could not be told comes
 * back, and the ledger answers it. The bus gets no more than the closing time: contacts matter more than their events.
 */
export async function acknowledgeOnceTold(work: Work, outcome: Outcome): Promise<Disposition> {
  const { delivery, worker } = work;
  const deadlineMs = Math.min(work.deadlineMs, worker.clock.now() + worker.settings.closingTimeMs);
  try {
    await insist({ ...work, deadlineMs }, () => worker.outcomes.tell(outcome));
    return ACKNOWLEDGE;
  } catch (error) {
    const delayMs = backoffMs(delivery.receiveCount, worker.settings.retry.backoff, worker.random());
    note(work, { text: "Outcome event could not be put", level: "error", delayMs, fault: faultOf(error) });
    return returned(delayMs);
  }
}
