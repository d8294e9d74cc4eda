/** How the rows of a backfill's file are written, in UTF-8. */
export type InputFormat =
  /** RFC 4180, with a header. `delimiter` is one ASCII character. */
  | { readonly kind: "csv"; readonly delimiter: string }
  /** A JSON object a line, each of them a row. */
  | { readonly kind: "rows" }
  /** A contact request as JSON a line. */
  | { readonly kind: "requests" };

/** What may stand between two cells. A quote or a line end would mean something else already. */
const DELIMITER = /^[\t\x20-\x21\x23-\x7e]$/;

/** Whether a character can be the delimiter of a CSV file. */
export const isDelimiter = (character: string): boolean => DELIMITER.test(character);
