import { plural } from "./plural.ts";

const SECOND_MS = 1_000;
const UNITS = [
  { name: "day", ms: 86_400_000, parts: "hour", partMs: 3_600_000 },
  { name: "hour", ms: 3_600_000, parts: "minute", partMs: 60_000 },
  { name: "minute", ms: 60_000, parts: "second", partMs: SECOND_MS },
];

/** A duration in its two largest units, as people read it: `5 days 19 hours`. */
export function readableDuration(ms: number): string {
  const unit = UNITS.find((each) => ms >= each.ms);
  if (unit === undefined) return plural(Math.ceil(ms / SECOND_MS), "second");
  const parts = Math.round(ms / unit.partMs);
  const partsOfOne = unit.ms / unit.partMs;
  const rest = parts % partsOfOne;
  const whole = plural((parts - rest) / partsOfOne, unit.name);
  return rest === 0 ? whole : `${whole} ${plural(rest, unit.parts)}`;
}
