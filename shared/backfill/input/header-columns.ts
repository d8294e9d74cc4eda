import { isUtf8 } from "node:buffer";
import { parseCells } from "./csv-cells.ts";
import { UnusableFile } from "./unusable-file.ts";

/** The names in a CSV's header, without the spaces around them. Throws UnusableFile where they name no column each. */
export function headerColumns(header: Buffer, line: number, delimiter: string): readonly string[] {
  if (!isUtf8(header)) throw new UnusableFile("not-utf-8", line);
  const text = header.toString("utf8");
  if (/\r(?!\n|$)/.test(text)) throw new UnusableFile("cr-only", line);
  const cells = parseCells(text, delimiter);
  if (!cells.ok) throw new UnusableFile("malformed-header", line);
  const columns = cells.value.map((name) => name.trim());
  if (columns.includes("")) throw new UnusableFile("unnamed-column", line);
  if (new Set(columns).size !== columns.length) throw new UnusableFile("duplicate-column", line);
  return columns;
}
