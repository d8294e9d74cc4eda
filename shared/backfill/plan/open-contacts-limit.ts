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
  /** At most so many can be started a day, once the cap is reached. */
  readonly perDay: number;
  /** How long after the first the last of them can be started, in the best order. */
  readonly waitMs: number;
}

/** Contacts that keep their places for so long. */
interface Stays {
  readonly minutes: number;
  readonly rows: number;
}

export function openContactsLimit(
  { kind, durations }: PlaceGroup,
  { settings, contactMinutes = Infinity }: Pick<PlanTerms, "settings" | "contactMinutes">,
): OpenContactsLimit {
  const cap = settings.openContacts[kind];
  const stays = [...durations]
    .map(([minutes, rows]) => ({ minutes: Math.min(minutes, contactMinutes), rows }))
    .toSorted((one, other) => one.minutes - other.minutes);
  const rows = stays.reduce((sum, each) => sum + each.rows, 0);
  const minutes = placeMinutes(stays, rows) / rows;
  const perDay = Math.floor((cap * DAY_MINUTES) / minutes);
  return { kind, rows, cap, minutes, perDay, waitMs: leastWaitMs(stays, rows, cap) };
}

/**
 * No order is faster than this. By the pigeonholes: one place has its share of all contacts, one after the other, each as short as the
 * shortest. By the sum: all but the last contact of each place have ended, and these last ones are the longest at best.
 */
function leastWaitMs(stays: readonly Stays[], rows: number, cap: number): number {
  const shortest = stays[0]?.minutes ?? 0;
  const byPigeonholes = (Math.ceil(rows / cap) - 1) * shortest;
  const bySum = placeMinutes(stays, rows - cap) / cap;
  return Math.max(byPigeonholes, bySum) * MINUTE_MS;
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
