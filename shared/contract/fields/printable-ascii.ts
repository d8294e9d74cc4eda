import { text } from "./text.ts";

/** A name that is safe in logs and message attributes: 1 to `max` printable ASCII characters without spaces. */
export const printableAscii = (max: number) =>
  text({ min: 1, max }).regex(/^[\x21-\x7e]*$/u, {
    error: "must consist of printable ASCII characters without spaces",
  });
