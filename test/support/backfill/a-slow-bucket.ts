import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** A bucket at the end of a slow line. */
export interface SlowBucket {
  readonly address: string;
  /** How many bytes each whole body had whose key ends so. */
  received(end: string): readonly number[];
  stop(): Promise<void>;
}

interface SlowBucketOptions {
  readonly bytesPerSecond: number;
  /** It never answers. */
  readonly isSilent?: true;
}

const LOOK_EVERY_MS = 10;

/** A server on this machine that reads what is put at a pace of its own. */
export async function aSlowBucket({ bytesPerSecond, isSilent }: SlowBucketOptions): Promise<SlowBucket> {
  const bodies: [string, number][] = [];
  const server = createServer((request, response) => void take(request, response).catch(() => undefined));
  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (bytesPerSecond === 0) return;
    const startedAt = performance.now();
    let bytes = 0;
    for await (const chunk of request) {
      bytes += Buffer.from(chunk).length;
      while (bytes / bytesPerSecond > (performance.now() - startedAt) / 1_000) await sleep(LOOK_EVERY_MS);
    }
    bodies.push([request.url ?? "", bytes]);
    if (isSilent !== true) response.end();
  }
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    received: (end) => bodies.flatMap(([url, bytes]) => (url.split("?")[0]?.endsWith(end) === true ? [bytes] : [])),
    stop: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
