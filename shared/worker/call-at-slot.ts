import type { Attempt } from "../ledger/standing.ts";
import type { Slot } from "../rate-limiter/slot.ts";
import { answerStanding } from "./answer-standing.ts";
import { type CallEnd, settled } from "./call-end.ts";
import { closeWithContact } from "./close-with-contact.ts";
import type { Disposition } from "./disposition.ts";
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
  const { slot } = hand;

  const untimely = await settleUntimely(work, slot);
  if (untimely !== undefined) return giveSlotBack(work, slot, untimely);

  const begun = await begin(work, slot);
  if (begun.kind === "not-begun") return giveSlotBack(work, slot, await answerStanding(work, begun.standing));
  if (isLate(work, slot)) return giveSlotBack(work, slot, await takeBack(work, begun.attempt));

  const answer = await worker.connect.start(accepted, worker.settings.callTimeoutMs);
  if (answer.kind === "failed") return await settleFailedCall(work, hand, { ...answer, attempt: begun.attempt });

  worker.rateLimiter.report(slot, "accepted");
  return settled(await closeWithContact(work, begun.attempt, answer.contactId));
}

/** What becomes of a message that must not be sent any more, or not yet; nothing if it may be sent now. */
async function settleUntimely(work: AcceptedWork, slot: Slot): Promise<Disposition | undefined> {
  if (isLate(work, slot)) return giveBack(work, 0);
  const expired = expiry(work.accepted, work.worker.clock.now());
  if (expired !== undefined) return await giveUp(work, expired);
  // Midnight may have passed while the slot was waited for.
  const delayMs = notYet(work);
  return delayMs === undefined ? undefined : giveBack(work, delayMs);
}

/** A process that stood still may wake up when its time is over, and somebody else's turn has come. */
const isLate = ({ worker }: AcceptedWork, slot: Slot): boolean => worker.clock.now() > slot.request.latestMs;

async function begin(work: AcceptedWork, slot: Slot): Promise<Begun> {
  try {
    return await work.worker.ledger.begin(work, work.deadlineMs + LEASE_GRACE_MS);
  } catch (error) {
    work.worker.rateLimiter.report(slot, "unused");
    throw error;
  }
}

/** The ledger took so long that the call would outlive this process: no call was made, and none is counted. */
async function takeBack(work: AcceptedWork, attempt: Attempt): Promise<Disposition> {
  await work.worker.ledger.finish(work, { kind: "unfinished", counts: false, leavesDoubt: false }, attempt);
  return giveBack(work, 0);
}

function giveSlotBack({ worker }: AcceptedWork, slot: Slot, disposition: Disposition): CallEnd {
  worker.rateLimiter.report(slot, "unused");
  return settled(disposition);
}
