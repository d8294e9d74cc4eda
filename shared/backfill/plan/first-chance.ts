import type { TimedWork } from "./timed-work.ts";

/** When the first of these rows can be sent, if they do not expire before; undefined where that is not before the horizon. */
export function firstChanceMs({
  stretches,
  notBeforeMs,
}: Pick<TimedWork, "stretches" | "notBeforeMs">): number | undefined {
  const first = stretches.find(({ toMs }) => toMs > notBeforeMs);
  return first === undefined ? undefined : Math.max(first.fromMs, notBeforeMs);
}
