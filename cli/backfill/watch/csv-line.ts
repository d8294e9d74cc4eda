/** A program that opens the file as a table takes a cell that begins so for a formula. https://owasp.org/www-community/attacks/CSV_Injection */
const FORMULA = /^[=+\-@\t\r]/;

/** In some countries and programs a semicolon or a tab ends a cell. */
const NEEDS_QUOTES = /[",;\t\r\n]/;

/** One line of a CSV (RFC 4180), without its end. What would be taken for a formula gets an apostrophe before it. */
export const csvLine = (cells: readonly (string | number | null)[]): string => cells.map(cellOf).join(",");

function cellOf(value: string | number | null): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
