import type { SendingHours } from "../../contract/fields/sending-hours.ts";
import { openStretches } from "./open-stretches.ts";

const DAY_MS = 86_400_000;

/** How far ahead an end is looked for. Queues keep messages 14 days: what ends later ends too late in any case. */
export const HORIZON_DAYS = 30;

/** When work that is done only in these hours ends, begun at `fromMs`; undefined where that is more than HORIZON_DAYS later. */
export function endOfWork(durationMs: number, hours: SendingHours | undefined, fromMs: number): number | undefined {
  const horizonMs = fromMs + HORIZON_DAYS * DAY_MS;
  let leftMs = durationMs;
  for (const stretch of openStretches(hours, fromMs)) {
    const endMs = stretch.fromMs + leftMs;
    if (endMs > horizonMs) break;
    if (endMs <= stretch.toMs) return endMs;
    leftMs -= stretch.toMs - stretch.fromMs;
  }
  return undefined;
}

/** How much of the time between two moments lies in these hours, in milliseconds. */
export function openMsBetween(fromMs: number, toMs: number, hours: SendingHours | undefined): number {
  let openMs = 0;
  for (const stretch of openStretches(hours, fromMs)) {
    if (stretch.fromMs >= toMs) break;
    openMs += Math.min(stretch.toMs, toMs) - stretch.fromMs;
    if (stretch.toMs >= toMs) break;
  }
  return openMs;
}
