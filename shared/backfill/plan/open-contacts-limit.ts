import { nthStartMs } from "./nth-start.ts";
import type { Stretch } from "./open-stretches.ts";
import type { PlaceGroup } from "./place-counts.ts";
import type { CappedKind, PlanTerms } from "./plan-terms.ts";

const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;

/** What a cap on open contacts lets through, if every contact keeps its place for as long as it may. */
export interface OpenContactsLimit {
  readonly kind: CappedKind;
  readonly rows: number;
  /** How many may be open at once. */
  readonly cap: number;
  /** How long one keeps its place, on average. */
  readonly minutes: number;
  /** At most so many can be started in 24 hours once the cap is reached, with fractions: it may be less than one. */
  readonly perDay: number;
  /** When the last of them can be started, in the best order, at the earliest. Null where it is more than HORIZON_DAYS ahead. */
  readonly endsMs: number | null;
}

/** When contacts may be started, in epoch milliseconds. */
interface OpenTimes {
  readonly stretches: readonly Stretch[];
  /** None before. */
  readonly beginsMs: number;
}

/** Contacts that keep their places for so long. */
interface Stays {
  readonly minutes: number;
  readonly rows: number;
}

export function openContactsLimit(
  { kind, durations }: PlaceGroup,
  { settings, contactMinutes = Infinity }: Pick<PlanTerms, "settings" | "contactMinutes">,
  times: OpenTimes,
): OpenContactsLimit {
  const cap = settings.openContacts[kind];
  const stays = [...durations]
    .map(([minutes, rows]) => ({ minutes: Math.min(minutes, contactMinutes), rows }))
    .toSorted((one, other) => one.minutes - other.minutes);
  const rows = stays.reduce((sum, each) => sum + each.rows, 0);
  const minutes = placeMinutes(stays, rows) / rows;
  return { kind, rows, cap, minutes, perDay: (cap * DAY_MINUTES) / minutes, endsMs: leastEndMs(stays, cap, times) };
}

/**
 * No order ends sooner than this. By the pigeonholes: one place has its share of all contacts, one after the other, each as short as the
 * shortest, and none begins while it is closed. By the sum: all but the last contact of each place have ended, and these last ones are the
 * longest at best.
 */
function leastEndMs(stays: readonly Stays[], cap: number, { stretches, beginsMs }: OpenTimes): number | null {
  const rows = stays.reduce((sum, each) => sum + each.rows, 0);
  const everyMs = (stays[0]?.minutes ?? 0) * MINUTE_MS;
  const sumMs = (placeMinutes(stays, rows - cap) / cap) * MINUTE_MS;
  const byPigeonholes = nthStartMs(stretches, { fromMs: beginsMs, nth: Math.ceil(rows / cap), everyMs });
  const bySum = nthStartMs(stretches, { fromMs: beginsMs + sumMs, nth: 1, everyMs });
  return byPigeonholes === null || bySum === null ? null : Math.floor(Math.max(byPigeonholes, bySum));
}

/** For how long the first so many, the shortest first, keep their places together. */
function placeMinutes(stays: readonly Stays[], most: number): number {
  let left = Math.max(0, most);
  let minutes = 0;
  for (const stay of stays) {
    const rows = Math.min(left, stay.rows);
    minutes += rows * stay.minutes;
    left -= rows;
  }
  return minutes;
}
