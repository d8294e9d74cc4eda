import type { IncomingMessage, RequestListener } from "node:http";
import { Readable } from "node:stream";
import dynalite from "dynalite";

/** DynamoDB in memory, as a request listener: nothing listens by itself. */
export function startDynalite(): RequestListener {
  const server = dynalite({ createTableMs: 0 });
  return (request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    // Nobody waits for the answer to a request that broke off.
    request.on("error", () => undefined);
    request.on("end", () => server.emit("request", complete(request, Buffer.concat(chunks)), response));
  };
}

/**
 * The request as a stream of its own. dynalite throws when the connection of a request breaks, which would end the whole
 * local system whenever the process of a function is killed.
 */
const complete = ({ method, url, headers }: IncomingMessage, body: Buffer): Readable =>
  Object.assign(Readable.from(body.length === 0 ? [] : [body]), { method, url, headers });
