import { MOST_RECEIVES } from "../contract/most-receives.ts";
import type { Failure } from "../failures/failure.ts";
import type { AcceptedRequest } from "./accepted-request.ts";
import type { Delivery } from "./delivery.ts";
import { earliestMs } from "./earliest-ms.ts";
import type { WorkerSettings } from "./worker-settings.ts";

/** Why a request must not be sent any more at `nowMs`; nothing if it may, now or later. */
export function expiry(accepted: AcceptedRequest, nowMs: number): Failure | undefined {
  const { expiresAt } = accepted.request;
  if (expiresAt === undefined) return undefined;
  const expiresAtMs = Date.parse(expiresAt);
  if (nowMs >= expiresAtMs) return EXPIRED;
  return earliestMs(accepted, nowMs) >= expiresAtMs ? EXPIRES_BEFORE_ITS_HOURS : undefined;
}

const EXPIRED: Failure = {
  code: "Expired",
  kind: "expired",
  message:
    "The request's expiresAt has passed, so it was not sent. Send it again with a later expiresAt if it is still wanted.",
};

/** Nothing is left to wait for. */
const EXPIRES_BEFORE_ITS_HOURS: Failure = {
  code: "Expired",
  kind: "expired",
  message:
    "The next moment that the request's notBefore and sendingHours allow is not before its expiresAt, so it was not sent. Send it again with a later expiresAt if it is still wanted.",
};

/** From when on a message must not wait in its queue any longer: SQS would delete it silently. */
export const staleAtMs = ({ sentAtMs }: Delivery, { queueRetentionMs, staleMarginMs }: WorkerSettings): number =>
  sentAtMs + queueRetentionMs - staleMarginMs;

/** The last tenth is for what cannot be done at once: to end a draft, to send a letter. */
const STALE_RECEIVES = 0.9 * MOST_RECEIVES;

/** Why a message must not wait in its queue any longer; nothing if it may. */
export function staleness(delivery: Delivery, settings: WorkerSettings, nowMs: number): Failure | undefined {
  if (nowMs >= staleAtMs(delivery, settings)) return TOO_OLD;
  return delivery.receiveCount >= STALE_RECEIVES ? RECEIVED_TOO_OFTEN : undefined;
}

const TOO_OLD: Failure = {
  code: "Stale",
  kind: "stale",
  message:
    "The message has waited almost as long as its queue keeps messages. Redrive it: it then starts with a new age.",
};

/** SQS would move it without a reason. */
const RECEIVED_TOO_OFTEN: Failure = {
  code: "Stale",
  kind: "stale",
  message:
    "The message has come back to its queue almost as often as SQS lets it. Mend what kept it waiting, as the worker's log tells, and redrive it: it then counts from one again.",
};
