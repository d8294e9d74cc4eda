import { EventsError } from "../events-error.ts";

/** A pattern that is not understood is refused: as a silent non-match it would look like an event that never came. */
export const invalidPattern = (path: readonly string[], reason: string): EventsError =>
  new EventsError(
    "InvalidEventPatternException",
    `Event pattern is not valid. Reason: ${path.length === 0 ? "" : `at ${path.join(".")}: `}${reason}`,
  );
