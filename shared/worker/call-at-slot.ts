import { answerStanding } from "./answer-standing.ts";
import { type CallEnd, settled } from "./call-end.ts";
import { closeWithContact } from "./close-with-contact.ts";
import { giveUp } from "./give-up.ts";
import { settleFailedCall } from "./settle-failed-call.ts";
import type { SlotInHand } from "./slot-in-hand.ts";
import { expiry } from "./timeliness.ts";
import type { AcceptedWork } from "./work.ts";

/** How long a lease outlives the process that holds it: the clocks of two processes differ a little. */
const LEASE_GRACE_MS = 5_000;

/** At the slot's moment: expiry once more, begin, call, and write down how it ended. */
export async function callAtSlot(work: AcceptedWork, hand: SlotInHand): Promise<CallEnd> {
  const { worker, accepted, deadlineMs } = work;
  const { slot, history } = hand;

  const expired = expiry(accepted, worker.clock.now());
  if (expired !== undefined) {
    worker.rateLimiter.report(slot, "unused");
    return settled(await giveUp(work, expired, { history }));
  }
  const begun = await worker.ledger.begin(work, deadlineMs + LEASE_GRACE_MS);
  if (begun.kind === "not-begun") {
    worker.rateLimiter.report(slot, "unused");
    return settled(await answerStanding(work, begun.standing));
  }
  const answer = await worker.connect.start(accepted, worker.settings.callTimeoutMs);
  if (answer.kind === "failed") return await settleFailedCall(work, hand, { ...answer, attempt: begun.attempt });

  worker.rateLimiter.report(slot, "accepted");
  return settled(await closeWithContact(work, begun.attempt, answer.contactId));
}
