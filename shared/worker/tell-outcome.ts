import type { Outcome } from "../outcomes/outcome.ts";
import { faultOf } from "./fault-of.ts";
import { insist } from "./insist.ts";
import { note, type Work } from "./work.ts";

/**
 * Tells what became of a request, and answers whether the bus has taken it. The bus gets no more than the closing time:
 * contacts matter more than their events.
 */
export async function tellOutcome(work: Work, outcome: Outcome): Promise<boolean> {
  const { worker } = work;
  const deadlineMs = Math.min(work.deadlineMs, worker.clock.now() + worker.settings.closingTimeMs);
  try {
    await insist({ ...work, deadlineMs }, () => worker.outcomes.tell(outcome));
    return true;
  } catch (error) {
    note(work, { text: "Outcome event could not be put", level: "error", fault: faultOf(error) });
    return false;
  }
}
