import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** One answer of a server that answers by rote: `hang` never does, `break` breaks the connection. */
export type HttpAnswer =
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string | Buffer }
  | "hang"
  | "break";

export interface RoteServer {
  readonly address: string;
  readonly requests: { readonly method: string; readonly url: string; readonly body: string }[];
  stop(): Promise<void>;
}

/** A server on this machine that gives these answers, one a request; the last one again and again. */
export async function aRoteServer(answers: readonly HttpAnswer[]): Promise<RoteServer> {
  const requests: RoteServer["requests"] = [];
  const server = createServer((request, response) => {
    void answer(request, response);
  });
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const count = requests.push({
      method: request.method ?? "",
      url: request.url ?? "",
      body: Buffer.concat(chunks).toString("utf8"),
    });
    const next = answers[Math.min(count, answers.length) - 1];
    if (next === undefined || next === "hang") return;
    if (next === "break") {
      request.socket.destroy();
      return;
    }
    response.writeHead(next.status, next.headers);
    response.end(request.method === "HEAD" ? undefined : next.body);
  }
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    requests,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

/** What an SDK client needs to call it. */
export const clientFor = ({ address }: Pick<RoteServer, "address">) => ({
  endpoint: address,
  region: "us-east-1",
  credentials: { accessKeyId: "test", secretAccessKey: "test" },
});
