import type { SendingHours } from "../../contract/fields/sending-hours.ts";
import { horizonMs } from "./horizon.ts";
import { openStretches, type Stretch } from "./open-stretches.ts";
import type { RowGroup } from "./row-group.ts";

/** Rows that wait for the same times, in epoch milliseconds. Works of the same hours have the same list of stretches. */
export interface TimedWork {
  /** When their hours are open, from now up to the horizon, one after the other. */
  readonly stretches: readonly Stretch[];
  readonly notBeforeMs: number;
  readonly expiresMs: number;
  readonly rows: number;
  readonly line: number;
}

/** Lays groups out in time. */
export function timedWork(groups: readonly RowGroup[], nowMs: number): readonly TimedWork[] {
  const known = new Map<string, readonly Stretch[]>();
  return groups.map(({ hours, ...group }) => {
    const id = JSON.stringify(hours ?? "always");
    const stretches = known.get(id) ?? stretchesOf(hours, nowMs);
    known.set(id, stretches);
    return { ...group, stretches };
  });
}

function stretchesOf(hours: SendingHours | undefined, nowMs: number): readonly Stretch[] {
  const untilMs = horizonMs(nowMs);
  const stretches: Stretch[] = [];
  for (const { fromMs, toMs } of openStretches(hours, nowMs)) {
    if (fromMs >= untilMs) break;
    stretches.push({ fromMs, toMs: Math.min(toMs, untilMs) });
    if (toMs >= untilMs) break;
  }
  return stretches;
}
