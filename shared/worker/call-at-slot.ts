import type { Attempt } from "../ledger/standing.ts";
import type { Slot } from "../rate-limiter/slot.ts";
import type { CallEnd } from "./call-end.ts";
import type { Disposition } from "./disposition.ts";
import { giveBack } from "./give-back.ts";
import { giveUp } from "./give-up.ts";
import { isLate } from "./is-late.ts";
import type { Begun } from "./ports/ledger.ts";
import { prepareCall } from "./prepare-call.ts";
import { recordContact } from "./record-contact.ts";
import { settleFailedCall } from "./settle-failed-call.ts";
import { settleUntimely } from "./settle-untimely.ts";
import type { SlotInHand } from "./slot-in-hand.ts";
import { settled } from "./step-end.ts";
import type { StepWork } from "./work.ts";

/** How long a lease outlives the process that holds it: the clocks of two processes differ a little. */
const LEASE_GRACE_MS = 5_000;

/** At the slot's moment: is it still, and already, time for it? Then begin, call, and write down how it ended. */
export async function callAtSlot(work: StepWork, hand: SlotInHand): Promise<CallEnd> {
  const { worker } = work;
  const { slot } = hand;

  // Midnight may have passed while the slot was waited for.
  const untimely = await settleUntimely(work);
  if (untimely !== undefined) return giveSlotBack(work, slot, settled(untimely));

  const call = await orGiveSlotBack(work, slot, () => prepareCall(work));
  if (!call.ok) return giveSlotBack(work, slot, settled(await giveUp(work, call.error)));

  const begun = await orGiveSlotBack(work, slot, () => begin(work));
  if (begun.kind === "not-begun") return giveSlotBack(work, slot, { kind: "stands", standing: begun.standing });
  if (isLate(work, slot)) return giveSlotBack(work, slot, settled(await takeBack(work, begun.attempt)));

  const answer = await worker.connect.call(call.value, worker.settings.callTimeoutMs);
  if (answer.kind === "failed") return await settleFailedCall(work, hand, { ...answer, attempt: begun.attempt });

  worker.rateLimiter.report(slot, "accepted");
  return { kind: "contact", contact: await recordContact(work, begun.attempt, answer.contactId) };
}

const begin = async (work: StepWork): Promise<Begun> =>
  await work.worker.ledger.begin(work, work.deadlineMs + LEASE_GRACE_MS);

/** The ledger took so long that the call would outlive this process: no call was made, and none is counted. */
async function takeBack(work: StepWork, attempt: Attempt): Promise<Disposition> {
  await work.worker.ledger.finish(work, { kind: "unfinished", counts: false, leavesDoubt: false }, attempt);
  return giveBack(work, 0);
}

function giveSlotBack({ worker }: StepWork, slot: Slot, end: CallEnd): CallEnd {
  worker.rateLimiter.report(slot, "unused");
  return end;
}

async function orGiveSlotBack<T>({ worker }: StepWork, slot: Slot, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    worker.rateLimiter.report(slot, "unused");
    throw error;
  }
}
