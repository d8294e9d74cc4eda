import type { Buffer } from "node:buffer";
import type { InputFormat } from "./input-format.ts";

const LF = 10;
const QUOTE = 34;

type CellState = "begins" | "runs" | "in-quotes" | "behind-quote";

/**
 * Finds the ends of rows in bytes that come piece by piece. A line end within quotes is no end; a quote opens only at the
 * beginning of a cell, so that one too many in the middle of a cell spoils its own row and no other.
 */
export class RowEnds {
  /** Line ends so far, those within quotes too. */
  lines = 0;
  readonly #delimiter: number | undefined;
  #state: CellState = "begins";

  constructor(format: InputFormat) {
    this.#delimiter = format.kind === "csv" ? format.delimiter.charCodeAt(0) : undefined;
  }

  /** Whether what has been read ends within quotes. */
  get isInQuotes(): boolean {
    return this.#state === "in-quotes";
  }

  /** The index behind the first row end at `from` or later; -1 if there is none. What was looked at is not to be given again. */
  next(bytes: Buffer, from: number): number {
    return this.#delimiter === undefined ? this.#nextLine(bytes, from) : this.#nextRow(bytes, from, this.#delimiter);
  }

  #nextLine(bytes: Buffer, from: number): number {
    const at = bytes.indexOf(LF, from);
    if (at === -1) return -1;
    this.lines += 1;
    return at + 1;
  }

  #nextRow(bytes: Buffer, from: number, delimiter: number): number {
    let state = this.#state;
    for (let at = from; at < bytes.length; at += 1) {
      if (state === "in-quotes") {
        at = this.#nextQuote(bytes, at);
        if (at !== -1) state = "behind-quote";
        else break;
        continue;
      }
      const byte = bytes[at];
      if (byte === LF) {
        this.#state = "begins";
        this.lines += 1;
        return at + 1;
      }
      if (byte === delimiter) state = "begins";
      // A quote behind a quote is a doubled one: the cell goes on.
      else if (byte === QUOTE && state !== "runs") state = "in-quotes";
      else state = "runs";
    }
    this.#state = state;
    return -1;
  }

  #nextQuote(bytes: Buffer, from: number): number {
    const at = bytes.indexOf(QUOTE, from);
    const to = at === -1 ? bytes.length : at;
    for (let end = bytes.indexOf(LF, from); end !== -1 && end < to; end = bytes.indexOf(LF, end + 1)) this.lines += 1;
    return at;
  }
}
