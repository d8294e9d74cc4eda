import type { IncomingMessage } from "node:http";

export type Body =
  | { readonly kind: "complete"; readonly bytes: Buffer }
  | { readonly kind: "too-large" }
  /** The caller went away before the end. */
  | { readonly kind: "aborted" };

/** Reads a body of at most `limitBytes`. What is beyond is read from the wire and dropped, never kept. */
export function readBody(request: IncomingMessage, limitBytes: number): Promise<Body> {
  return new Promise((resolve) => {
    let chunks: Buffer[] = [];
    let sizeBytes = 0;
    request.on("data", (chunk: Buffer) => {
      sizeBytes += chunk.length;
      if (sizeBytes <= limitBytes) {
        chunks.push(chunk);
        return;
      }
      chunks = [];
      resolve({ kind: "too-large" });
    });
    request.on("end", () => resolve({ kind: "complete", bytes: Buffer.concat(chunks) }));
    request.on("close", () => resolve({ kind: "aborted" }));
    request.on("error", () => resolve({ kind: "aborted" }));
  });
}
