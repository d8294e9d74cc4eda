import * as z from "zod";
import { rule } from "../rule.ts";
import { timeZone } from "./time-zone.ts";

const from = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/u, {
  error: "must be a time of day from 00:00 to 23:59, as in 09:00",
});

const to = z.string().regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/u, {
  error: "must be a time of day from 00:00 to 24:00, as in 20:00",
});

/**
 * The hours of every day in which a call may be made, by the clocks on the wall of a time zone: `from` is the first
 * minute, and `to` the first one no more. Where `to` is the earlier one, the hours go over midnight.
 */
export const sendingHours = z.strictObject({ from, to, timeZone }).check(
  rule(z.object({ from, to }), (hours, refuse) => {
    if (hours.from !== hours.to) return;
    refuse(
      ["to"],
      "conflict",
      "must differ from from: for the whole day leave sendingHours out, or say 00:00 to 24:00",
    );
  }),
);

export type SendingHours = z.infer<typeof sendingHours>;
