import type { OpenContactsLimit } from "./open-contacts-limit.ts";
import { plural } from "./plural.ts";
import { readableDuration } from "./readable-duration.ts";

const DAY_MS = 86_400_000;

/** What a cap lets through, as the beginning of a sentence: `At most 480 chat contacts a day`. */
export function mostADay({ kind, perDay }: Pick<OpenContactsLimit, "kind" | "perDay">): string {
  if (perDay < 1) return `At most one ${kind} contact every ${readableDuration(DAY_MS / perDay)}`;
  return `At most ${plural(Math.floor(perDay), `${kind} contact`)} a day`;
}
