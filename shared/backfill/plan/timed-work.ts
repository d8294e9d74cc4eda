import { idOfHours } from "./id-of-hours.ts";
import type { Stretch } from "./open-stretches.ts";
import type { RowGroup } from "./row-group.ts";
import { stretchesOf } from "./stretches-of.ts";

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
    const id = idOfHours(hours);
    const stretches = known.get(id) ?? stretchesOf(hours, nowMs);
    known.set(id, stretches);
    return { ...group, stretches };
  });
}
