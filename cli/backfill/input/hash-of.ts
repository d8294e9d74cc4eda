import { startProgress } from "../progress.ts";
import type { RowSource } from "./row-source.ts";

/** The SHA-256 of a file, hex, with a progress bar. */
export async function hashOf(source: RowSource): Promise<string> {
  const progress = startProgress({ total: source.bytes, title: "Comparing" });
  let bytes = 0;
  try {
    return await source.hash((count) => {
      bytes += count;
      progress.show(bytes, () => "the file with what is stored");
    });
  } finally {
    progress.end();
  }
}
