import type { Failure } from "../failures/failure.ts";
import type { Result } from "../result.ts";
import { acceptRequest } from "./accept-request.ts";
import { answerStanding } from "./answer-standing.ts";
import { callConnect } from "./call-connect.ts";
import { closeWithFailure, NEVER_TRIED } from "./close-with-failure.ts";
import type { Delivery } from "./delivery.ts";
import type { Disposition } from "./disposition.ts";
import { giveBack } from "./give-back.ts";
import { giveUp } from "./give-up.ts";
import { notYet } from "./not-yet.ts";
import { expiry, staleness } from "./timeliness.ts";
import { unwrapMessage } from "./unwrap-message.ts";
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
  const { message, release } = await unwrapMessage(delivery.body, worker);
  try {
    return await handleMessage(message, hand);
  } finally {
    release();
  }
}

async function handleMessage(message: Result<unknown, Failure>, hand: Omit<Work, "identity">): Promise<Disposition> {
  const { delivery, worker } = hand;

  const accepted = acceptRequest(message, worker);
  if (!accepted.ok) {
    const { failure, identity } = accepted.error;
    return await closeWithFailure({ ...hand, identity }, failure, NEVER_TRIED);
  }
  const { requestId, source = null } = accepted.value.request;
  const work = { ...hand, accepted: accepted.value, identity: { requestId, source } };

  const standing = await worker.ledger.lookUp(work);
  if (standing.kind !== "open") return await answerStanding(work, standing);

  const nowMs = worker.clock.now();
  const untimely = expiry(work.accepted, nowMs) ?? staleness(delivery, worker.settings, nowMs);
  if (untimely !== undefined) return await giveUp(work, untimely);
  const delayMs = notYet(work);
  if (delayMs !== undefined) return giveBack(work, delayMs);

  return await callConnect(work);
}
