import { rule } from "../rule.ts";
import { printableAscii } from "./printable-ascii.ts";

const name = printableAscii(64);

/** Asking Intl takes longer than all the rest of a request, and requests of one sender name the same few time zones. */
const asked = new Map<string, boolean>();

/** More than the IANA database has names. */
const MOST_REMEMBERED = 1_000;

const isKnown = (timeZoneName: string): boolean => {
  const answer = asked.get(timeZoneName) ?? isKnownToIntl(timeZoneName);
  if (asked.size < MOST_REMEMBERED) asked.set(timeZoneName, answer);
  return answer;
};

/** Intl takes offsets such as +01:00 as well: they know no summer time, and whoever writes one hardly means that. */
const isKnownToIntl = (timeZoneName: string): boolean => {
  if (/^[+-]/u.test(timeZoneName)) return false;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: timeZoneName }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
};

/** A time zone of the IANA database, as far as this Node.js knows it. */
export const timeZone = name.check(
  rule(name, (value, refuse) => {
    if (isKnown(value)) return;
    refuse([], "not-allowed", "must be the name of a time zone in the IANA database, as in Europe/Berlin or UTC");
  }),
);
