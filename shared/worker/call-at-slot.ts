import type { Attempt } from "../ledger/standing.ts";
import type { Slot } from "../rate-limiter/slot.ts";
import type { CallEnd } from "./call-end.ts";
import type { ConnectCall } from "./connect-call.ts";
import type { Disposition } from "./disposition.ts";
import { giveBack } from "./give-back.ts";
import { giveUp } from "./give-up.ts";
import { isCancelled } from "./is-cancelled.ts";
import { isLate } from "./is-late.ts";
import { prepareCall } from "./prepare-call.ts";
import { recordContact } from "./record-contact.ts";
import { settleFailedCall } from "./settle-failed-call.ts";
import type { SlotInHand } from "./slot-in-hand.ts";
import { settled } from "./step-end.ts";
import { untimelyEnd } from "./untimely-end.ts";
import type { StepWork } from "./work.ts";

/** How long a lease outlives the process that holds it: the clocks of two processes differ a little. */
const LEASE_GRACE_MS = 5_000;

/** At the slot's moment: is it still, and already, time for it? Then begin, call, and write down how it ended. */
export async function callAtSlot(work: StepWork, hand: SlotInHand): Promise<CallEnd> {
  const { worker } = work;
  const { slot } = hand;
  const ready = await orGiveSlotBack(work, slot, async () => await getReady(work, slot));
  if (ready.kind === "no-call") {
    // First, since somebody else can use it while this message is closed.
    worker.rateLimiter.report(slot, "unused");
    return await ready.close();
  }
  const { call, attempt } = ready;
  const answer = await worker.connect.call(call, worker.settings.callTimeoutMs);
  if (answer.kind === "failed") return await settleFailedCall(work, hand, { ...answer, attempt });

  worker.rateLimiter.report(slot, "accepted");
  return { kind: "contact", contact: await recordContact(work, attempt, answer.contactId) };
}

type Ready =
  | { readonly kind: "ready"; readonly call: ConnectCall; readonly attempt: Attempt }
  /** The slot leads to no call; `close` does what is left to do for the message. */
  | { readonly kind: "no-call"; readonly close: () => Promise<CallEnd> };

/** Does all that comes before the call. */
async function getReady(work: StepWork, slot: Slot): Promise<Ready> {
  // Midnight may have passed while the slot was waited for, or somebody cancelled the backfill.
  const close = await untimelyEnd(work);
  if (close !== undefined) return noCall(async () => settled(await close()));

  const call = await prepareCall(work);
  if (!call.ok) return noCall(async () => settled(await giveUp(work, call.error)));

  const begun = await work.worker.ledger.begin(work, work.deadlineMs + LEASE_GRACE_MS);
  if (begun.kind === "not-begun") return noCall(async () => ({ kind: "stands", standing: begun.standing }));
  const { attempt } = begun;
  if (!(await mayStillCall(work, slot))) return noCall(async () => settled(await takeBack(work, attempt)));
  return { kind: "ready", call: call.value, attempt };
}

const noCall = (close: () => Promise<CallEnd>): Ready => ({ kind: "no-call", close });

/** Asks again, since the ledger may have taken long. Where nobody knows, there is no call: the lease is given back as well. */
async function mayStillCall(work: StepWork, slot: Slot): Promise<boolean> {
  if (isLate(work, slot)) return false;
  return !(await isCancelled(work).catch(() => true));
}

/** The call would outlive this process, or must not be made any more: none was made, and none is counted. */
async function takeBack(work: StepWork, attempt: Attempt): Promise<Disposition> {
  await work.worker.ledger.finish(work, { kind: "unfinished", counts: false, leavesDoubt: false }, attempt);
  return giveBack(work, 0);
}

async function orGiveSlotBack<T>({ worker }: StepWork, slot: Slot, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    worker.rateLimiter.report(slot, "unused");
    throw error;
  }
}
