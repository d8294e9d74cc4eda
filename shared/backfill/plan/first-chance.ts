import { horizonMs } from "./horizon.ts";
import type { TimedWork } from "./timed-work.ts";

/** When the first of these rows can be sent; undefined where they expire before, and where that is not before the horizon. */
export function firstChanceMs({ stretches, notBeforeMs, expiresMs }: TimedWork): number | undefined {
  const first = stretches.find(({ toMs }) => toMs > notBeforeMs);
  if (first === undefined) return undefined;
  const atMs = Math.max(first.fromMs, notBeforeMs);
  return atMs < expiresMs ? atMs : undefined;
}

/** Whether these rows expire before they could be sent. Beyond the horizon nobody knows. */
export const expiresUnsent = (work: TimedWork, nowMs: number): boolean =>
  firstChanceMs(work) === undefined && work.expiresMs <= horizonMs(nowMs);
