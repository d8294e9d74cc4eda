import type { OpenFile } from "#shared/backfill/input/input-start.ts";

/** A file with this content, which comes in pieces of the given sizes, over and over. */
export function aFile(content: string | Uint8Array, sizes: readonly number[] = [64 * 1024]): OpenFile {
  const bytes = typeof content === "string" ? Buffer.from(content) : content;
  return async function* () {
    let piece = 0;
    for (let at = 0; at < bytes.length; piece += 1) {
      const size = sizes[piece % sizes.length] ?? bytes.length;
      yield bytes.subarray(at, at + size);
      at += size;
    }
  };
}
