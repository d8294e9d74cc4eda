import type { Failure } from "../failures/failure.ts";
import type { History } from "../ledger/standing.ts";
import { closeAbandoned } from "./close-abandoned.ts";
import { closeWithFailure } from "./close-with-failure.ts";
import type { Disposition } from "./disposition.ts";
import type { StepWork } from "./work.ts";

/**
 * What is left to do for a message that the ledger has as given up. A draft is ended first, unless the e-mail may have
 * been sent on it all the same.
 */
export async function closeGivenUp(work: StepWork, failure: Failure, history: History): Promise<Disposition> {
  const { step } = work;
  const isCertain = !history.inDoubt || history.isDoubtEarlier === true;
  const draft = step.makes === "email" && isCertain ? step.draft : undefined;
  if (draft === undefined) return await closeWithFailure(work, failure, history);
  return await closeAbandoned(work, draft.number, { failure, history });
}
