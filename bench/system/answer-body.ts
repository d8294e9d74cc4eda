import type { ServerResponse } from "node:http";

/** Keeps what is written into this response from now on; the answer goes its way unchanged. Gives the text once it is complete. */
export function answerBody(response: ServerResponse): () => string {
  const chunks: Buffer[] = [];
  const keep = (chunk: unknown) => {
    if (typeof chunk === "string") chunks.push(Buffer.from(chunk));
    else if (chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk));
  };
  for (const name of ["write", "end"] as const) {
    const original = response[name];
    const value = (...given: unknown[]): unknown => {
      keep(given[0]);
      return Reflect.apply(original, response, given);
    };
    Object.defineProperty(response, name, { value, configurable: true, writable: true });
  }
  return () => Buffer.concat(chunks).toString();
}
