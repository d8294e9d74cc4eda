import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface EndlessServer {
  readonly address: string;
  /** How much has gone into the one answer with a body. */
  bytesSent(): number;
  /** Resolves when the one who reads it has hung up. */
  readonly hungUp: Promise<void>;
  stop(): Promise<void>;
}

const CHUNK = Buffer.alloc(1_048_576, "x");

/** A server on this machine that announces so many bytes when it is asked (HEAD), and then never stops sending (GET). */
export async function anEndlessServer(announcedBytes: number): Promise<EndlessServer> {
  const { promise: hungUp, resolve } = Promise.withResolvers<void>();
  let bytesSent = 0;
  const server = createServer((request, response) => {
    if (request.method === "HEAD") response.writeHead(200, { "content-length": String(announcedBytes) }).end();
    else void sendForEver(response);
  });
  async function sendForEver(response: ServerResponse): Promise<void> {
    const closed = once(response, "close");
    response.writeHead(200);
    while (!response.destroyed) {
      bytesSent += CHUNK.byteLength;
      if (!response.write(CHUNK)) await Promise.race([once(response, "drain"), closed]);
    }
    resolve();
  }
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    bytesSent: () => bytesSent,
    hungUp,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((done) => {
        server.close(done);
      });
    },
  };
}
