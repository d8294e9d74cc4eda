import { LineBuffer, type RequestLine } from "./line-buffer.ts";

const LINE_FEED = 0x0a;

/**
 * The lines of a JSONL input that are not blank. Holds one line at a time, at most MAX_LINE_BYTES of it. Lines end with LF or
 * CR LF, the last one also without. Nothing else separates lines: JSON texts may hold U+2028 and the like.
 */
export async function* requestLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<RequestLine, void, undefined> {
  const buffer = new LineBuffer();
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, start)) {
      buffer.add(chunk.subarray(start, end));
      start = end + 1;
      const line = buffer.end();
      if (line !== undefined) yield line;
    }
    buffer.add(chunk.subarray(start));
  }
  const last = buffer.end();
  if (last !== undefined) yield last;
}
