import type { InputFormat } from "./input-format.ts";
import type { RowBlock } from "./row-block.ts";
import { RowScanner, type RowStart } from "./row-scanner.ts";

/** What is scanned at once: a source may give a whole file as one piece. */
const PIECE_BYTES = 16 * 1024;

/**
 * The rows of bytes that begin at `start`, in blocks; a block may be empty. However the bytes come in pieces, the rows are the same.
 * Throws UnusableFile, after the rows before.
 */
export async function* rowBlocks(
  bytes: AsyncIterable<Uint8Array>,
  format: InputFormat,
  start: RowStart,
): AsyncGenerator<RowBlock, void> {
  const scanner = new RowScanner(format, start);
  for await (const chunk of bytes) {
    for (let at = 0; at < chunk.length; at += PIECE_BYTES) yield scanner.push(chunk.subarray(at, at + PIECE_BYTES));
  }
  yield scanner.end();
}
