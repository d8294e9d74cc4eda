import type { SendingHours } from "./contract/fields/sending-hours.ts";
import { utcOffset } from "./utc-offset.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/**
 * The earliest moment, at `fromMs` or later, that lies in these hours (epoch milliseconds).
 *
 * The hours are what the clock on the wall shows: an hour that summer time skips does not come on that day, and one that
 * is shown twice comes twice.
 */
export function nextOpenMoment({ from, to, timeZone }: SendingHours, fromMs: number): number {
  const opensMs = sinceMidnight(from);
  const lengthMs = positive(sinceMidnight(to) - opensMs) || DAY_MS;
  const offsetAt = utcOffset(timeZone);
  for (let startMs = fromMs; ; ) {
    // Until the clock is changed, the hours come around like any others.
    const offsetMs = offsetAt(startMs);
    const openForMs = positive(startMs + offsetMs - opensMs);
    const openMs = openForMs < lengthMs ? startMs : startMs + DAY_MS - openForMs;
    const changeMs = firstChange(offsetAt, startMs, openMs);
    if (changeMs === undefined) return openMs;
    startMs = changeMs;
  }
}

/** The first moment after `startMs`, and at `endMs` at the latest, from which on another offset holds. */
function firstChange(offsetAt: (atMs: number) => number, startMs: number, endMs: number): number | undefined {
  const offsetMs = offsetAt(startMs);
  // No clock has ever been changed twice within an hour.
  for (let atMs = startMs; atMs < endMs; atMs += HOUR_MS) {
    const nextMs = Math.min(atMs + HOUR_MS, endMs);
    if (offsetAt(nextMs) !== offsetMs) return bisected(offsetAt, atMs, nextMs);
  }
  return undefined;
}

function bisected(offsetAt: (atMs: number) => number, beforeMs: number, afterMs: number): number {
  const offsetMs = offsetAt(afterMs);
  let [lowMs, highMs] = [beforeMs, afterMs];
  while (highMs - lowMs > 1) {
    const middleMs = Math.floor((lowMs + highMs) / 2);
    if (offsetAt(middleMs) === offsetMs) highMs = middleMs;
    else lowMs = middleMs;
  }
  return highMs;
}

/** The same time of day as a duration from 0 to a day. */
const positive = (timeMs: number): number => ((timeMs % DAY_MS) + DAY_MS) % DAY_MS;

function sinceMidnight(time: string): number {
  const [hours = "0", minutes = "0"] = time.split(":");
  return Number(hours) * HOUR_MS + Number(minutes) * MINUTE_MS;
}
