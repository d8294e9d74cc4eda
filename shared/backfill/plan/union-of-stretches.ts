import type { Stretch } from "./open-stretches.ts";

/** The times in which any of these is open. */
export function unionOfStretches(lists: readonly (readonly Stretch[])[]): readonly Stretch[] {
  const union: Stretch[] = [];
  for (const stretch of lists.flat().toSorted((one, other) => one.fromMs - other.fromMs)) {
    const last = union.at(-1);
    if (last === undefined || stretch.fromMs > last.toMs) union.push(stretch);
    else union[union.length - 1] = { fromMs: last.fromMs, toMs: Math.max(last.toMs, stretch.toMs) };
  }
  return union;
}
