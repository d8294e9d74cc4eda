import { nextOpenMoment } from "../next-open-moment.ts";
import type { AcceptedRequest } from "./accepted-request.ts";

/** The first moment, now or later, at which the request may be sent (epoch milliseconds). */
export function earliestMs({ request: { notBefore, sendingHours } }: AcceptedRequest, nowMs: number): number {
  const fromMs = notBefore === undefined ? nowMs : Math.max(nowMs, Date.parse(notBefore));
  return sendingHours === undefined ? fromMs : nextOpenMoment(sendingHours, fromMs);
}
