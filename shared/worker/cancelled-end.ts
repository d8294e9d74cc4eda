import type { Failure } from "../failures/failure.ts";
import type { Close } from "./close.ts";
import { closeGivenUp } from "./close-given-up.ts";
import { giveBack } from "./give-back.ts";
import { giveUp } from "./give-up.ts";
import { insist } from "./insist.ts";
import { isCancelled } from "./is-cancelled.ts";
import type { StepWork } from "./work.ts";

/**
 * How a row ends whose backfill was cancelled; nothing for any other request. It is not called any more, under
 * whichever token: whoever cancels relies on that. So where an earlier call may have made a contact, nobody finds out
 * here whether it did, and the row is given up in doubt, for a human to look.
 */
export async function cancelledEnd(work: StepWork): Promise<Close | undefined> {
  if (!(await isCancelled(work))) return undefined;
  const outcome = { kind: "failed", failure: CANCELLED, leavesDoubt: false, unlessInDoubt: true } as const;
  const finished = await insist(work, () => work.worker.ledger.finish(work, outcome));
  if (finished.kind === "recorded") return async () => await closeGivenUp(work, CANCELLED, finished.history);
  const { standing } = finished;
  const isInDoubt = standing.kind === "open" && standing.history.inDoubt;
  return async () => (isInDoubt ? await giveUp(work, CANCELLED_IN_DOUBT) : giveBack(work, 0));
}

const CANCELLED: Failure = {
  code: "Cancelled",
  kind: "cancelled",
  message:
    "The backfill that the request belongs to was cancelled, so it was not sent. Start the rows that are still wanted as a job of another name.",
};

const CANCELLED_IN_DOUBT: Failure = {
  code: "OutcomeUnknown",
  kind: "outcome-unknown",
  message:
    "The backfill that the request belongs to was cancelled while a call for it was unanswered, and it is not called again. Look in Connect whether the contact exists; docs/operations.md says what to do about requests in doubt.",
};
