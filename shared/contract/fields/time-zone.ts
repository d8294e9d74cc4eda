import { rule } from "../rule.ts";
import { printableAscii } from "./printable-ascii.ts";

const name = printableAscii(64);

/** Intl takes offsets such as +01:00 as well: they know no summer time, and whoever writes one hardly means that. */
const isKnown = (timeZoneName: string): boolean => {
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
