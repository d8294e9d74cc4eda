import { backoffMs } from "../failures/backoff.ts";
import type { SlotRequest } from "../rate-limiter/slot.ts";
import { callAtSlot } from "./call-at-slot.ts";
import type { Disposition } from "./disposition.ts";
import { giveBack } from "./give-back.ts";
import type { AcceptedWork } from "./work.ts";

/** Calls Connect at the pace of the quota, at most twice in this delivery, until the message's fate is known. */
export async function callConnect(work: AcceptedWork): Promise<Disposition> {
  const slotRequest = slotFor(work);
  let delayWithoutSlotMs = delayOfUntouched(work);
  for (let calls = 1; ; calls += 1) {
    const answer = await work.worker.rateLimiter.takeSlot(slotRequest);
    if (answer.kind === "none-in-time") return giveBack(work, delayWithoutSlotMs);
    if (answer.kind === "paused") return giveBack(work, Math.max(0, answer.untilMs - work.worker.clock.now()));

    const end = await callAtSlot(work, { slot: answer.slot, calls });
    if (end.kind === "settled") return end.disposition;
    delayWithoutSlotMs = end.delayWithoutSlotMs;
  }
}

/**
 * A live record that was never begun is visible at once: another worker may have time for it. A backfill record comes back
 * later and later: while live takes the whole quota it would be received again and again, until SQS moved it to the
 * dead-letter queue without a reason.
 */
function delayOfUntouched({ delivery, worker: { settings, random } }: AcceptedWork): number {
  return delivery.lane === "live" ? 0 : backoffMs(delivery.receiveCount, settings.retry.backoff, random());
}

function slotFor({
  accepted: { request, instance },
  delivery,
  deadlineMs,
  worker: { settings },
}: AcceptedWork): SlotRequest {
  return {
    api: request.operation,
    instanceId: instance.id,
    ...(request.operation === "CreateContact" && { channel: request.input.Channel }),
    lane: delivery.lane,
    latestMs: deadlineMs - settings.callTimeoutMs - settings.closingTimeMs,
  };
}
