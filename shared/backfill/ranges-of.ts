import type { Result } from "../result.ts";
import { fileRows } from "./input/file-rows.ts";
import type { InputFormat } from "./input/input-format.ts";
import { type InputStart, inputStart, type OpenFile } from "./input/input-start.ts";
import { orUnusable } from "./input/or-unusable.ts";
import type { RowBlock, RowPlace } from "./input/row-block.ts";
import { UnusableFile } from "./input/unusable-file.ts";
import type { RowRange } from "./row-range.ts";

/** How large ranges become. A range ends with the row that reaches one of these, so that a row larger than that is one alone. */
export interface RangeSize {
  readonly targetBytes: number;
  /** For rows so short that a range would have very many. */
  readonly targetRows?: number;
}

/** A file cut into ranges. */
export interface FileRanges {
  readonly start: InputStart;
  readonly ranges: readonly RowRange[];
  readonly rows: number;
}

/**
 * Cuts a file into ranges at the ends of rows, its header left out. The rows of all ranges are the rows of the file, and a
 * file that cannot be read to its end has none.
 */
export const rangesOf = (
  open: OpenFile,
  format: InputFormat,
  size: RangeSize,
): Promise<Result<FileRanges, UnusableFile>> =>
  orUnusable(async () => {
    const start = await inputStart(open, format);
    const cutter = new RangeCutter(size);
    for await (const block of fileRows(open, format, start)) for (const row of block.rows) cutter.add(block, row);
    const ranges = cutter.end();
    if (ranges.length === 0) throw new UnusableFile("no-rows");
    return { start, ranges, rows: ranges.reduce((sum, range) => sum + range.rows, 0) };
  });

class RangeCutter {
  readonly #size: RangeSize;
  readonly #ranges: RowRange[] = [];
  #open: RowRange | undefined;

  constructor(size: RangeSize) {
    this.#size = size;
  }

  add({ offset }: RowBlock, { line, from, to }: RowPlace): void {
    const { start, firstLine, rows } = this.#open ?? { start: offset + from, firstLine: line, rows: 0 };
    const range = { start, end: offset + to, firstLine, rows: rows + 1 };
    const { targetBytes, targetRows = Infinity } = this.#size;
    const isFull = range.end - range.start >= targetBytes || range.rows >= targetRows;
    if (isFull) this.#ranges.push(range);
    this.#open = isFull ? undefined : range;
  }

  end(): readonly RowRange[] {
    return this.#open === undefined ? this.#ranges : [...this.#ranges, this.#open];
  }
}
