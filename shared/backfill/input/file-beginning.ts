import { Buffer } from "node:buffer";
import { UnusableFile } from "./unusable-file.ts";

const MOST_BYTES = 4;
const UTF_8_MARK = [0xef, 0xbb, 0xbf];
const UTF_16_MARKS = [
  [0xff, 0xfe],
  [0xfe, 0xff],
];

/**
 * How many bytes stand before the first character: those of a byte order mark, or none. Throws UnusableFile for an empty file and for
 * UTF-16 and UTF-32, which are known by their marks, and without one by the NUL bytes of the first character.
 */
export async function bytesBeforeText(bytes: AsyncIterable<Uint8Array>): Promise<number> {
  const first = await firstBytes(bytes);
  if (first.length === 0) throw new UnusableFile("empty");
  const hasMark = UTF_16_MARKS.some((mark) => startsWith(first, mark));
  if (hasMark || (first.includes(0) && first.some((byte) => byte !== 0))) throw new UnusableFile("utf-16");
  return startsWith(first, UTF_8_MARK) ? UTF_8_MARK.length : 0;
}

async function firstBytes(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  let first = Buffer.alloc(0);
  for await (const chunk of bytes) {
    first = Buffer.concat([first, chunk.subarray(0, MOST_BYTES - first.length)]);
    if (first.length === MOST_BYTES) break;
  }
  return first;
}

const startsWith = (bytes: Buffer, mark: readonly number[]): boolean =>
  mark.every((byte, index) => bytes[index] === byte);
