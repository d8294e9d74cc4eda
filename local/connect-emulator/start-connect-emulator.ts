import { once } from "node:events";
import { createServer } from "node:http";
import { type ConnectEmulator, type ConnectEmulatorOptions, createConnectEmulator } from "./connect-emulator.ts";

export interface StartedConnectEmulator {
  /** http://127.0.0.1:PORT, for AWS_ENDPOINT_URL_CONNECT or a client's `endpoint`. */
  readonly address: string;
  readonly emulator: ConnectEmulator;
  /** Cuts what is open and frees the port, at once. */
  stop(): Promise<void>;
}

/** Starts the emulator on a server of its own, on 127.0.0.1. Port 0, the default, is a free one. Rejects if the port is taken. */
export async function startConnectEmulator({
  port = 0,
  ...options
}: ConnectEmulatorOptions & { readonly port?: number } = {}): Promise<StartedConnectEmulator> {
  const emulator = createConnectEmulator(options);
  const server = createServer((request, response) => emulator.handle(request, response));
  // Node's five seconds are shorter than the SDK keeps a connection: calls would break that no fault was asked for.
  server.keepAliveTimeout = 120_000;
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const bound = server.address();
  if (bound === null || typeof bound === "string") throw new Error("The emulator's server has no port");
  return {
    address: `http://127.0.0.1:${bound.port}`,
    emulator,
    stop: async () => {
      if (!server.listening) return;
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
