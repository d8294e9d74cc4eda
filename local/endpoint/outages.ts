import type { RequestListener, ServerResponse } from "node:http";
import { refuseRequest } from "./refuse-request.ts";

/**
 * How a service fails:
 *
 * - `unavailable`: it answers 503, and does nothing
 * - `unreachable`: the connection breaks, and nothing is done
 * - `silent`: it never answers, and does nothing
 * - `answers-lost`: it does what it is asked for, and the connection breaks before the answer
 */
export type Outage = "unavailable" | "unreachable" | "silent" | "answers-lost";

/** Which services fail at this moment, and how. What a service has begun before, it ends as if nothing had happened. */
export class Outages {
  readonly #current = new Map<string, Outage>();

  begin(service: string, outage: Outage): void {
    this.#current.set(service, outage);
  }

  end(service: string): void {
    this.#current.delete(service);
  }

  /** The service, as it is while it works, and as it fails during an outage. */
  guard(service: string, listener: RequestListener): RequestListener {
    return (request, response) => {
      switch (this.#current.get(service)) {
        case undefined:
          return listener(request, response);
        case "unavailable":
          return refuseRequest(request, response, {
            status: 503,
            code: "ServiceUnavailable",
            message: `The local ${service} is in an outage that a test has begun.`,
          });
        case "unreachable":
          response.destroy();
          return;
        case "silent":
          request.resume();
          return;
        case "answers-lost":
          return listener(request, withoutAnswer(response));
      }
    };
  }
}

function withoutAnswer(response: ServerResponse): ServerResponse {
  response.end = () => response.destroy();
  response.write = () => {
    response.destroy();
    return false;
  };
  return response;
}
