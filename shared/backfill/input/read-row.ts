import { isUtf8 } from "node:buffer";
import { failed, type Result } from "../../result.ts";
import { type RowReason, rowReason } from "../row-reason.ts";
import { bytesOfRow, type RowBlock, type RowPlace } from "./row-block.ts";

/** What a row holds, or why it cannot be read. */
export type ReadRow<Content> = Result<Content, RowReason>;

const NOT_UTF_8 = rowReason("not-utf-8", "must be UTF-8: save the file in that encoding");

/** Reads the rows of a block one by one, with what reads the text of one. */
export const readEachRow = <Content>(
  block: RowBlock,
  read: (text: string) => ReadRow<Content>,
): readonly ReadRow<Content>[] => block.rows.map((place) => readRow(block, place, read));

function readRow<Content>(
  block: RowBlock,
  place: RowPlace,
  read: (text: string) => ReadRow<Content>,
): ReadRow<Content> {
  const bytes = bytesOfRow(block, place);
  return isUtf8(bytes) ? read(bytes.toString("utf8")) : failed(NOT_UTF_8);
}
