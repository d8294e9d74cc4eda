import type { Slot } from "../rate-limiter/slot.ts";
import { answerStanding } from "./answer-standing.ts";
import { type CallEnd, settled } from "./call-end.ts";
import { closeWithContact } from "./close-with-contact.ts";
import { giveBack } from "./give-back.ts";
import { giveUp } from "./give-up.ts";
import { notYet } from "./not-yet.ts";
import type { Begun } from "./ports/ledger.ts";
import { settleFailedCall } from "./settle-failed-call.ts";
import type { SlotInHand } from "./slot-in-hand.ts";
import { expiry } from "./timeliness.ts";
import type { AcceptedWork } from "./work.ts";

/** How long a lease outlives the process that holds it: the clocks of two processes differ a little. */
const LEASE_GRACE_MS = 5_000;

/** At the slot's moment: is it still, and already, time for it? Then begin, call, and write down how it ended. */
export async function callAtSlot(work: AcceptedWork, hand: SlotInHand): Promise<CallEnd> {
  const { worker, accepted } = work;
  const { slot, history } = hand;

  // A process that stood still may wake up when its time is over, and somebody else's turn has come.
  if (worker.clock.now() > slot.request.latestMs) {
    worker.rateLimiter.report(slot, "unused");
    return settled(giveBack(work, 0));
  }
  const expired = expiry(accepted, worker.clock.now());
  if (expired !== undefined) {
    worker.rateLimiter.report(slot, "unused");
    return settled(await giveUp(work, expired, { history }));
  }
  // Midnight may have passed while the slot was waited for.
  const delayMs = notYet(work);
  if (delayMs !== undefined) {
    worker.rateLimiter.report(slot, "unused");
    return settled(giveBack(work, delayMs));
  }
  const begun = await begin(work, slot);
  if (begun.kind === "not-begun") {
    worker.rateLimiter.report(slot, "unused");
    return settled(await answerStanding(work, begun.standing));
  }
  const answer = await worker.connect.start(accepted, worker.settings.callTimeoutMs);
  if (answer.kind === "failed") return await settleFailedCall(work, hand, { ...answer, attempt: begun.attempt });

  worker.rateLimiter.report(slot, "accepted");
  return settled(await closeWithContact(work, begun.attempt, answer.contactId));
}

async function begin(work: AcceptedWork, slot: Slot): Promise<Begun> {
  try {
    return await work.worker.ledger.begin(work, work.deadlineMs + LEASE_GRACE_MS);
  } catch (error) {
    work.worker.rateLimiter.report(slot, "unused");
    throw error;
  }
}
