import type { SendingHours } from "../../contract/fields/sending-hours.ts";

/** The same text for the same hours; the empty one for any time of the day. */
export const idOfHours = (hours: SendingHours | undefined): string =>
  hours === undefined ? "" : `${hours.from}-${hours.to}-${hours.timeZone}`;
