import type { IncomingMessage } from "node:http";

export interface ReadAhead {
  readonly complete: (body: Buffer) => void;
  readonly tooLarge: () => void;
}

/**
 * Reads a whole body and puts it back, so that whoever serves the request finds it unread. `complete` is called before
 * the stream can end, and must hand the request on at once. Nothing is called for a request that breaks off.
 */
export function readAhead(request: IncomingMessage, limitBytes: number, then: ReadAhead): void {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  const read = (): void => {
    for (let chunk = readChunk(request); chunk !== undefined; chunk = readChunk(request)) {
      sizeBytes += chunk.length;
      if (sizeBytes <= limitBytes) chunks.push(chunk);
    }
    if (!request.complete && sizeBytes <= limitBytes) return;
    request.off("readable", read);
    if (sizeBytes > limitBytes) then.tooLarge();
    else putBack(request, Buffer.concat(chunks), then);
  };
  // Whoever went away waits for no answer.
  request.on("error", () => undefined);
  request.on("readable", read);
}

function putBack(request: IncomingMessage, body: Buffer, { complete }: ReadAhead): void {
  if (body.length > 0) request.unshift(body);
  complete(body);
}

function readChunk(request: IncomingMessage): Buffer | undefined {
  const chunk: unknown = request.read();
  return Buffer.isBuffer(chunk) ? chunk : undefined;
}
