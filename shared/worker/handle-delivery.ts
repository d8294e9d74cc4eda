import { acceptRequest } from "./accept-request.ts";
import { closeWithFailure } from "./close-with-failure.ts";
import { contactStep } from "./contact-step.ts";
import type { Delivery } from "./delivery.ts";
import type { Disposition } from "./disposition.ts";
import { giveBackUnread } from "./give-back-unread.ts";
import { NEVER_TRIED } from "./never-tried.ts";
import { EmailSteps } from "./outbound-email/email-steps.ts";
import { sendOutboundEmail } from "./outbound-email/send-outbound-email.ts";
import { PERHAPS_TRIED } from "./perhaps-tried.ts";
import { startContact } from "./start-contact.ts";
import { type Unwrapped, unwrapMessage } from "./unwrap-message.ts";
import type { Work } from "./work.ts";
import type { Worker } from "./worker.ts";

/**
 * What the worker does with one delivery of one message (docs/architecture.md draws it). Resolves with what becomes of
 * the message; rejects only where the world around it fails in a way that no rule covers, and then nothing was decided.
 *
 * `deadlineMs`: when this process may be stopped.
 */
export async function handleDelivery(delivery: Delivery, deadlineMs: number, worker: Worker): Promise<Disposition> {
  const hand = { delivery, deadlineMs, worker, begunAtMs: worker.clock.now() };
  const unwrapped = await unwrapMessage(hand);
  if (unwrapped === "no-room") return await giveBackUnread(hand);
  try {
    return await handleMessage(unwrapped, hand);
  } finally {
    unwrapped.release();
  }
}

async function handleMessage({ message, isStored }: Unwrapped, hand: Omit<Work, "identity">): Promise<Disposition> {
  const accepted = acceptRequest(message, hand.worker);
  if (!accepted.ok) {
    const { failure, identity, dependsOnSettings = false } = accepted.error;
    // An earlier delivery of the same message may have found another payload, or other settings, and called Connect.
    const isAsBefore = hand.delivery.receiveCount === 1 || !(isStored || dependsOnSettings);
    return await closeWithFailure({ ...hand, identity }, failure, isAsBefore ? NEVER_TRIED : PERHAPS_TRIED);
  }
  const { request } = accepted.value;
  const { requestId, source = null } = request;
  const work = { ...hand, accepted: accepted.value, identity: { requestId, source } };

  if (request.operation === "OutboundEmail") {
    return await sendOutboundEmail(work, new EmailSteps(request, accepted.value));
  }
  return await startContact({ ...work, step: contactStep(request, accepted.value) });
}
