/** Why nothing of a file is sent. */
export type UnusableKind = keyof typeof SENTENCES;

/** The most that one row may have: the longest e-mail body has 5,242,880 characters. Bounds what is held of a file at once. */
export const MAX_ROW_BYTES = 6 * 1024 * 1024;

const SENTENCES = {
  empty: "The file is empty. Give a file with rows.",
  "no-rows": "The file has no rows. Give one with at least one row; the first line of a CSV is its header.",
  "no-object":
    "No line is a JSON object. Write each row as one object on a line of its own, or say that the file is a CSV.",
  "utf-16":
    "The file is in UTF-16 or UTF-32, and must be in UTF-8. Save it as UTF-8 (in Excel: CSV UTF-8), or convert it with iconv.",
  "nul-byte":
    "There is a NUL byte, which no text holds. Check that the file is a text in UTF-8, and not a binary file.",
  "not-utf-8": "The header is not UTF-8. Save the file as UTF-8 (in Excel: CSV UTF-8), or convert it with iconv.",
  "cr-only":
    "There is a line end that is CR alone, and lines must end with LF or CRLF. Convert it, for example with tr '\\r' '\\n'.",
  "row-too-large": `A row begins that is longer than ${MAX_ROW_BYTES / 1024 / 1024} MiB, which no contact request needs. Check for a quote that is not closed, and for line ends.`,
  "unclosed-quote":
    "A row begins in which a quote is opened and never closed, so that it swallows all that follows. Close it, or double the quotes within a cell.",
  "malformed-header":
    'The header is not CSV: a quote stands where none may. A cell that holds quotes stands in quotes, with each of them doubled: "so ""called""".',
  "unnamed-column": "The header has a column without a name. Give every column a name, or remove the empty ones.",
  "duplicate-column": "The header has two columns of the same name. Rename one: a placeholder could mean either.",
} as const;

/**
 * A file of which nothing can be used: it says what is wrong, where, and what to do. Thrown, since it ends streams from within;
 * the functions over whole files give it back.
 */
export class UnusableFile extends Error {
  override readonly name = "UnusableFile";
  readonly kind: UnusableKind;
  /** Counts from 1; where the thing begins. Undefined for the file as a whole. */
  readonly line: number | undefined;

  constructor(kind: UnusableKind, line?: number) {
    super(line === undefined ? SENTENCES[kind] : `Line ${line}: ${SENTENCES[kind]}`);
    this.kind = kind;
    this.line = line;
  }
}
