import { LATE_FOR_A_DRAFT } from "../contract/late-for-a-draft.ts";
import type { Failure } from "../failures/failure.ts";
import { cancelledEnd } from "./cancelled-end.ts";
import type { Close } from "./close.ts";
import { closeWithFailure } from "./close-with-failure.ts";
import { giveBack } from "./give-back.ts";
import { giveUp } from "./give-up.ts";
import { insist } from "./insist.ts";
import { notYet } from "./not-yet.ts";
import { expiry, staleness } from "./timeliness.ts";
import type { StepWork } from "./work.ts";

/**
 * How a message ends that must not be sent any more, or not yet; nothing if its call may be made now. What is decided is
 * not done before `Close` is called, so that a slot can be given back first.
 */
export async function untimelyEnd(work: StepWork): Promise<Close | undefined> {
  const { accepted, delivery, step, worker } = work;
  // First, since no row of a cancelled backfill has anything to wait for.
  const cancelled = await cancelledEnd(work);
  if (cancelled !== undefined) return cancelled;

  const { settings } = worker;
  const nowMs = worker.clock.now();
  const expired = expiry(accepted, nowMs);
  const stale = staleness(delivery, settings, nowMs);
  if (step.makes === "draft" && stale === undefined) {
    const hopeless = expired ?? staleness(delivery, settings, nowMs + settings.staleMarginMs * LATE_FOR_A_DRAFT);
    if (hopeless !== undefined) return await endWithoutDraft(work, hopeless);
  }
  const untimely = expired ?? stale;
  if (untimely !== undefined) return async () => await giveUp(work, untimely);
  const delayMs = notYet(work);
  return delayMs === undefined ? undefined : async () => giveBack(work, delayMs);
}

/**
 * A draft that an earlier call may have made is not given up: its call is repeated under its token, which no customer
 * notices, so that its contact is known and can be ended.
 */
async function endWithoutDraft(work: StepWork, failure: Failure): Promise<Close | undefined> {
  const outcome = { kind: "failed", failure, leavesDoubt: false, unlessInDoubt: true } as const;
  const finished = await insist(work, () => work.worker.ledger.finish(work, outcome));
  if (finished.kind === "recorded") return async () => await closeWithFailure(work, failure, finished.history);
  const { standing } = finished;
  const isToBeFoundOut = standing.kind === "open" && standing.history.inDoubt;
  return isToBeFoundOut ? undefined : async () => giveBack(work, 0);
}
