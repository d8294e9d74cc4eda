import type { Failure } from "../failures/failure.ts";
import { leavesDoubt } from "../failures/leaves-doubt.ts";
import type { Attempt } from "../ledger/standing.ts";
import { closeGivenUp } from "./close-given-up.ts";
import type { Disposition } from "./disposition.ts";
import { giveBack } from "./give-back.ts";
import { insist } from "./insist.ts";
import type { StepWork } from "./work.ts";

/**
 * Gives a request up: first in the ledger, then its draft, then by a dead letter. `attempt`: the one that ended so, if one
 * did.
 */
export async function giveUp(work: StepWork, failure: Failure, attempt?: Attempt): Promise<Disposition> {
  const outcome = { kind: "failed", failure, leavesDoubt: leavesDoubt(failure.kind) } as const;
  const finished = await insist(work, () => work.worker.ledger.finish(work, outcome, attempt));
  // Another delivery has gone on with the request: the next look tells how it stands.
  if (finished.kind === "superseded") return giveBack(work, 0);
  return await closeGivenUp(work, failure, finished.history);
}
