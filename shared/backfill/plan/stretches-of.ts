import type { SendingHours } from "../../contract/fields/sending-hours.ts";
import { horizonMs } from "./horizon.ts";
import { openStretches, type Stretch } from "./open-stretches.ts";

/** When hours are open, from a moment up to the horizon behind it, one stretch after the other. */
export function stretchesOf(hours: SendingHours | undefined, nowMs: number): readonly Stretch[] {
  const untilMs = horizonMs(nowMs);
  const stretches: Stretch[] = [];
  for (const { fromMs, toMs } of openStretches(hours, nowMs)) {
    if (fromMs >= untilMs) break;
    stretches.push({ fromMs, toMs: Math.min(toMs, untilMs) });
    if (toMs >= untilMs) break;
  }
  return stretches;
}
