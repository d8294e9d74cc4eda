import { isUtf8 } from "node:buffer";

/**
 * No request comes near it: the longest e-mail body is 20 MiB of UTF-8. It bounds the memory that a file without line
 * ends can take.
 */
export const MAX_LINE_BYTES = 32 * 1024 * 1024;

/** A line of an input that is not blank. `line` counts from 1, and counts the blank ones too. */
export type RequestLine =
  | { readonly kind: "text"; readonly line: number; readonly text: string }
  /** Longer than MAX_LINE_BYTES. */
  | { readonly kind: "too-long"; readonly line: number }
  | { readonly kind: "not-utf-8"; readonly line: number };

const BYTE_ORDER_MARK = "\uFEFF";

/** The line that is being read, piece by piece. */
export class LineBuffer {
  #line = 1;
  #pieces: Uint8Array[] = [];
  #bytes = 0;

  /** Takes a piece without line ends. Of a line that is too long only its length is kept. */
  add(piece: Uint8Array): void {
    this.#bytes += piece.byteLength;
    if (this.#bytes > MAX_LINE_BYTES) this.#pieces = [];
    else this.#pieces.push(piece);
  }

  /** Ends the line, and begins the next one. Nothing for a blank line. */
  end(): RequestLine | undefined {
    const line = this.#line;
    const content = this.#bytes > MAX_LINE_BYTES ? undefined : Buffer.concat(this.#pieces);
    this.#line += 1;
    this.#pieces = [];
    this.#bytes = 0;
    if (content === undefined) return { kind: "too-long", line };
    if (!isUtf8(content)) return { kind: "not-utf-8", line };
    const text = withoutFrame(content.toString("utf8"), line);
    return /^[ \t\r]*$/.test(text) ? undefined : { kind: "text", line, text };
  }
}

/** What editors on Windows put around a line: a byte order mark at the file's beginning, and CR before LF. */
function withoutFrame(text: string, line: number): string {
  const start = line === 1 && text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0;
  return text.slice(start, text.endsWith("\r") ? -1 : undefined);
}
