import type { Failure } from "../failures/failure.ts";
import { closeWithFailure } from "./close-with-failure.ts";
import type { Disposition } from "./disposition.ts";
import { giveBack } from "./give-back.ts";
import { giveUp } from "./give-up.ts";
import { insist } from "./insist.ts";
import { notYet } from "./not-yet.ts";
import { expiry, staleness } from "./timeliness.ts";
import type { StepWork } from "./work.ts";

/** What becomes of a message that must not be sent any more, or not yet; nothing if its call may be made now. */
export async function settleUntimely(work: StepWork): Promise<Disposition | undefined> {
  const { accepted, delivery, step, worker } = work;
  const nowMs = worker.clock.now();
  const expired = expiry(accepted, nowMs);
  const stale = staleness(delivery, worker.settings, nowMs);
  if (expired !== undefined && stale === undefined && step.makes === "draft") return await expireDraft(work, expired);
  const untimely = expired ?? stale;
  if (untimely !== undefined) return await giveUp(work, untimely);
  const delayMs = notYet(work);
  return delayMs === undefined ? undefined : giveBack(work, delayMs);
}

/**
 * A draft that an earlier call may have made is not given up: its call is repeated under its token, which no customer
 * notices, so that its contact is known and can be ended.
 */
async function expireDraft(work: StepWork, expired: Failure): Promise<Disposition | undefined> {
  const outcome = { kind: "failed", failure: expired, leavesDoubt: false, unlessInDoubt: true } as const;
  const finished = await insist(work, () => work.worker.ledger.finish(work, outcome));
  if (finished.kind === "recorded") return await closeWithFailure(work, expired, finished.history);
  const { standing } = finished;
  const isToBeFoundOut = standing.kind === "open" && standing.history.inDoubt;
  return isToBeFoundOut ? undefined : giveBack(work, 0);
}
