import { Buffer } from "node:buffer";
import type { InputFormat } from "./input-format.ts";
import type { RowBlock, RowPlace } from "./row-block.ts";
import { RowEnds } from "./row-ends.ts";
import { MAX_ROW_BYTES, UnusableFile } from "./unusable-file.ts";

/** Where in a file reading begins: at the beginning of a row. */
export interface RowStart {
  readonly offset: number;
  /** Counts from 1. */
  readonly line: number;
}

const NUL = 0;
const CR = 13;
const LINE_ENDS = [10, CR];
const SPACES = [9, 32, ...LINE_ENDS];

const NOTHING = Buffer.alloc(0);

/** Behind a row that ends: where in what is held, and the line that begins there. */
interface RowEnd {
  readonly at: number;
  readonly nextLine: number;
}

/** Cuts the bytes of a file into rows. Holds no more of it than one row and what it was given last. */
export class RowScanner {
  readonly #ends: RowEnds;
  readonly #firstLine: number;
  /** What a line that holds no row consists of. In a CSV a line of spaces is a cell, and one of tabs perhaps many. */
  readonly #blank: readonly number[];
  /** The beginning of a row that has not ended. Put together only when it has: a large row comes in many pieces. */
  #pieces: Buffer[] = [];
  #heldBytes = 0;
  /** Where in the file, and in which line, that row begins. */
  #offset: number;
  #line: number;

  constructor(format: InputFormat, { offset, line }: RowStart) {
    this.#ends = new RowEnds(format);
    this.#blank = format.kind === "csv" ? LINE_ENDS : SPACES;
    this.#firstLine = line;
    this.#offset = offset;
    this.#line = line;
  }

  /** Takes the next bytes, and gives the rows that end in them. Throws UnusableFile. */
  push(bytes: Uint8Array): RowBlock {
    const nul = bytes.indexOf(NUL);
    const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, nul === -1 ? bytes.length : nul);
    const ends: RowEnd[] = [];
    for (let end = this.#ends.next(chunk, 0); end !== -1; end = this.#ends.next(chunk, end)) {
      ends.push({ at: this.#heldBytes + end, nextLine: this.#firstLine + this.#ends.lines });
    }
    if (nul !== -1) throw new UnusableFile("nul-byte", this.#firstLine + this.#ends.lines);
    this.#pieces.push(chunk);
    this.#heldBytes += chunk.length;
    return this.#block(ends);
  }

  /** The last row, if it has no line end. Throws UnusableFile. */
  end(): RowBlock {
    if (this.#ends.isInQuotes) throw new UnusableFile("unclosed-quote", this.#line);
    return this.#block([{ at: this.#heldBytes, nextLine: this.#line }]);
  }

  /** The rows that end at these places of what is held. What lies behind them is held on. */
  #block(ends: readonly RowEnd[]): RowBlock {
    const offset = this.#offset;
    const bytes = ends.length === 0 ? NOTHING : Buffer.concat(this.#pieces);
    const rows: RowPlace[] = [];
    let from = 0;
    for (const { at, nextLine } of ends) {
      this.#requireLegalSize(at - from);
      if (!this.#isBlank(bytes, from, at)) rows.push({ line: this.#line, from, to: at });
      from = at;
      this.#line = nextLine;
    }
    if (ends.length > 0) this.#pieces = [bytes.subarray(from)];
    this.#heldBytes -= from;
    this.#offset += from;
    this.#requireLegalSize(this.#heldBytes);
    return { bytes, offset, rows };
  }

  #isBlank(bytes: Buffer, from: number, to: number): boolean {
    for (let at = from; at < to; at += 1) if (!this.#blank.includes(bytes[at] ?? NUL)) return false;
    return true;
  }

  #requireLegalSize(rowBytes: number): void {
    if (rowBytes <= MAX_ROW_BYTES) return;
    // A file with line ends of CR alone is one row for us, which is the better thing to say.
    const isFirst = this.#ends.lines === 0;
    const hasCr = this.#pieces.some((piece) => piece.includes(CR));
    throw new UnusableFile(isFirst && this.#line === 1 && hasCr ? "cr-only" : "row-too-large", this.#line);
  }
}
