import * as z from "zod";

/** Fractions of a second may have any number of digits; nobody needs more of them than this leaves room for. */
const MAX_LENGTH = 64;

/** A moment: ISO 8601 with seconds and a zone, and a day that the calendar has (2026-02-30 is refused). */
export const moment = z.iso
  .datetime({
    offset: true,
    error:
      "must be a real date and time in ISO 8601 with a zone, as in 2026-12-01T09:00:00Z or 2026-12-01T10:00:00+01:00",
  })
  .max(MAX_LENGTH);
