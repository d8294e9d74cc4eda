import { type Buffer, isUtf8 } from "node:buffer";
import { isObject } from "../../contract/is-object.ts";
import { bytesBeforeText } from "./file-beginning.ts";
import { headerColumns } from "./header-columns.ts";
import type { InputFormat } from "./input-format.ts";
import { jsonValue } from "./json-value.ts";
import { bytesOfRow } from "./row-block.ts";
import { rowBlocks } from "./row-blocks.ts";
import { RowEnds } from "./row-ends.ts";
import type { RowStart } from "./row-scanner.ts";
import { skipBytes } from "./skip-bytes.ts";
import { UnusableFile } from "./unusable-file.ts";

/** Gives the bytes of a file from its beginning, each time that it is called. */
export type OpenFile = () => AsyncIterable<Uint8Array>;

/** Where the rows of a file begin, and what may be asked of them. */
export interface InputStart extends RowStart {
  /** The columns of a CSV by its header; of JSON, the members of the first row that is an object. */
  readonly columns: readonly string[];
  /** The first row that is a JSON object. Undefined for CSV. */
  readonly first?: Readonly<Record<string, unknown>>;
}

interface FirstRow extends RowStart {
  readonly bytes: Buffer;
  /** Behind it. */
  readonly endOffset: number;
}

/** Reads the beginning of a file: no more of it than it must. Throws UnusableFile. */
export async function inputStart(open: OpenFile, format: InputFormat): Promise<InputStart> {
  const start = { offset: await bytesBeforeText(open()), line: 1 };
  let hasRows = false;
  for await (const row of singleRows(open, format, start)) {
    hasRows = true;
    if (format.kind === "csv") return startBehindHeader(row, format);
    const first = objectIn(row);
    if (first !== undefined) return { ...start, columns: Object.keys(first), first };
  }
  throw new UnusableFile(hasRows ? "no-object" : "no-rows");
}

async function* singleRows(open: OpenFile, format: InputFormat, start: RowStart): AsyncGenerator<FirstRow, void> {
  for await (const block of rowBlocks(skipBytes(open(), start.offset), format, start)) {
    for (const place of block.rows) {
      const { line, from, to } = place;
      yield { bytes: bytesOfRow(block, place), line, offset: block.offset + from, endOffset: block.offset + to };
    }
  }
}

function startBehindHeader(
  { bytes, line, endOffset }: FirstRow,
  format: InputFormat & { readonly kind: "csv" },
): InputStart {
  const columns = headerColumns(bytes, line, format.delimiter);
  // A name within quotes may have line ends.
  const ends = new RowEnds(format);
  ends.next(bytes, 0);
  return { columns, offset: endOffset, line: line + ends.lines };
}

function objectIn({ bytes, line }: FirstRow): Readonly<Record<string, unknown>> | undefined {
  const text = isUtf8(bytes) ? bytes.toString("utf8").trim() : "";
  const value = jsonValue(text);
  if (value.ok && isObject(value.value)) return value.value;
  if (line === 1 && text.includes("\r")) throw new UnusableFile("cr-only", line);
  return undefined;
}
