import { createServer, type RequestListener, type Server } from "node:http";
import { credentialOf } from "./credential-of.ts";
import { refuseRequest } from "./refuse-request.ts";

/** Who answers on the one address. */
export interface EndpointRoutes {
  /** By the service name in the signature. */
  readonly services: ReadonlyMap<string, RequestListener>;
  /** `/_local` and what is below it, which need no signature. */
  readonly introspection: RequestListener;
}

export interface LocalEndpoint {
  /** `http://127.0.0.1:PORT` */
  readonly address: string;
  /** Ends every connection at once. */
  close(): Promise<void>;
}

const INTROSPECTION = /^\/_local(?:[/?]|$)/;

/** Listens on 127.0.0.1 only. Port 0 is a free one. Throws an error that says what to do when the port is taken. */
export async function openLocalEndpoint(port: number, routes: EndpointRoutes): Promise<LocalEndpoint> {
  const server = createServer(routeBySignature(routes));
  // A connection that the server closes as idle while the client writes on it would look like a lost answer to a worker.
  server.keepAliveTimeout = 0;
  await listen(server, port);
  const bound = server.address();
  return {
    address: `http://127.0.0.1:${typeof bound === "object" && bound !== null ? bound.port : port}`,
    close: async () => closed(server),
  };
}

function routeBySignature({ services, introspection }: EndpointRoutes): RequestListener {
  return (request, response) => {
    if (INTROSPECTION.test(request.url ?? "")) return introspection(request, response);
    const name = credentialOf(request)?.service;
    const service = name === undefined ? undefined : services.get(name);
    if (service !== undefined) return service(request, response);

    const served = [...services.keys()].sort().join(", ");
    if (name === undefined) {
      return refuseRequest(request, response, {
        status: 403,
        code: "MissingAuthenticationToken",
        message: `The request is not signed, so the service that it is meant for is unknown. Sign it with any credentials. Served here: ${served}.`,
      });
    }
    return refuseRequest(request, response, {
      status: 501,
      code: "UnknownService",
      message: `The local endpoint does not serve ${name}. It serves ${served}. Send these calls elsewhere with AWS_ENDPOINT_URL_${name.toUpperCase().replaceAll("-", "_")}.`,
    });
  };
}

async function listen(server: Server, port: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once("error", (cause: NodeJS.ErrnoException) => {
    if (cause.code !== "EADDRINUSE") return reject(cause);
    return reject(
      new Error(`Port ${port} on 127.0.0.1 is in use. Stop what listens there, or take a free port with --port 0.`, {
        cause,
      }),
    );
  });
  server.listen(port, "127.0.0.1", resolve);
  await promise;
}

async function closed(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  server.closeAllConnections();
  await promise;
}
