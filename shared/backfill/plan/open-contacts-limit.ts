import type { CappedKind, PlanTerms } from "./plan-terms.ts";
import type { PlaceGroup } from "./row-facts.ts";

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
}

export function openContactsLimit(
  { kind, rows, minutes: allMinutes }: PlaceGroup,
  { settings, contactMinutes }: Pick<PlanTerms, "settings" | "contactMinutes">,
): OpenContactsLimit {
  const cap = settings.openContacts[kind];
  const minutes = contactMinutes ?? allMinutes / rows;
  return { kind, rows, cap, minutes, perDay: Math.floor((cap * DAY_MINUTES) / minutes) };
}

/** How long after the first the last of so many contacts can be started: in waves of as many as may be open. */
export const waitForPlacesMs = (
  contacts: number,
  { cap, minutes }: Pick<OpenContactsLimit, "cap" | "minutes">,
): number => Math.max(0, Math.ceil(contacts / cap) - 1) * minutes * MINUTE_MS;
