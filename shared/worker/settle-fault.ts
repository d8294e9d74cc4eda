import { type LegibleIdentity, legibleIdentity, NOTHING_LEGIBLE } from "../contract/legible-identity.ts";
import { closeWithFailure } from "./close-with-failure.ts";
import type { Delivery } from "./delivery.ts";
import { type Disposition, returned } from "./disposition.ts";
import { growingDelayMs } from "./growing-delay-ms.ts";
import { PERHAPS_TRIED } from "./perhaps-tried.ts";
import { staleness } from "./timeliness.ts";
import { unwrapMessage } from "./unwrap-message.ts";
import type { Work } from "./work.ts";
import type { Worker } from "./worker.ts";

/**
 * What becomes of a message whose delivery met a fault: nothing was decided about its request, so it comes back, later and
 * later. In its last moments it becomes a dead letter, and nobody knows whether an earlier delivery has made a contact.
 */
export async function settleFault(delivery: Delivery, deadlineMs: number, worker: Worker): Promise<Disposition> {
  const begunAtMs = worker.clock.now();
  const hand = { delivery, deadlineMs, worker, begunAtMs };
  const stale = staleness(delivery, worker.settings, begunAtMs);
  if (stale === undefined) return returned(growingDelayMs(hand));
  return await closeWithFailure({ ...hand, identity: await identityIn(hand) }, stale, PERHAPS_TRIED);
}

/** It may be what the fault was about that cannot be read. */
async function identityIn(hand: Omit<Work, "identity">): Promise<LegibleIdentity> {
  try {
    const unwrapped = await unwrapMessage(hand);
    if (unwrapped === "no-room") return NOTHING_LEGIBLE;
    unwrapped.release();
    return unwrapped.message.ok ? legibleIdentity(unwrapped.message.value) : unwrapped.message.error.identity;
  } catch {
    return NOTHING_LEGIBLE;
  }
}
