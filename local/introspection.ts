import type { RequestListener } from "node:http";
import type { Fauxqs } from "./fauxqs/start-fauxqs.ts";
import { queueDepths } from "./queue-depths.ts";

/** `GET /_local/queues`: how many messages each queue holds. Everything else below `/_local/` is the Connect emulator's. */
export const introspection =
  (sqsStore: Fauxqs["sqsStore"], connect: RequestListener): RequestListener =>
  (request, response) => {
    if (request.method !== "GET" || request.url !== "/_local/queues") return connect(request, response);
    return response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(queueDepths(sqsStore)));
  };
