import type { RequestListener, ServerResponse } from "node:http";
import type { Fauxqs } from "./fauxqs/start-fauxqs.ts";
import { queueDepths } from "./queue-depths.ts";

/** What the Connect emulator serves below `/_local/`. A test holds this against the emulator itself. */
const OF_THE_EMULATOR = [
  "GET /_local/contacts",
  "GET /_local/stats",
  "GET /_local/faults",
  "POST /_local/faults",
  "DELETE /_local/faults",
  "GET /_local/settings",
  "POST /_local/settings",
  "GET /_local/clock",
  "POST /_local/clock",
];

const QUEUES = "GET /_local/queues";

const NO_SUCH_PATH = `No such path. There are: ${[...OF_THE_EMULATOR, QUEUES].join(", ")}`;

/** `GET /_local/queues`: how many messages each queue holds; what the emulator has; for any other path, what there is. */
export const introspection =
  (sqsStore: Fauxqs["sqsStore"], connect: RequestListener): RequestListener =>
  (request, response) => {
    const asked = `${request.method} ${request.url?.split("?", 1)[0]}`;
    if (OF_THE_EMULATOR.includes(asked)) return connect(request, response);
    // An unread body would keep the connection from being used again.
    request.resume();
    return asked === QUEUES
      ? answer(response, 200, queueDepths(sqsStore))
      : answer(response, 404, { message: NO_SUCH_PATH });
  };

function answer(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
}
