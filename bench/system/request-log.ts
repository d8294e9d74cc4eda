import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { IncomingMessage, ServerResponse } from "node:http";
import * as z from "zod";
import type { ServedRequest } from "../arithmetic/tally.ts";
import { answerBody } from "./answer-body.ts";

/** https://nodejs.org/api/diagnostics_channel.html, HTTP */
const REQUEST_STARTED = "http.server.request.start";

const startedRequest = z.object({ request: z.instanceof(IncomingMessage), response: z.instanceof(ServerResponse) });

const received = z.looseObject({ Messages: z.array(z.unknown()).default([]) });

const failedCondition = z.looseObject({ __type: z.string().endsWith("ConditionalCheckFailedException") });

/**
 * Writes down every signed request that a server of this process answers on one port. It looks on from Node's own
 * diagnostics: nothing stands between the functions and the services, and the system under test knows nothing of it.
 */
export class RequestLog {
  readonly #port: number;
  readonly #requests: ServedRequest[] = [];
  readonly #note = (message: unknown) => this.#started(message);

  constructor(endpoint: string) {
    this.#port = Number(new URL(endpoint).port);
    subscribe(REQUEST_STARTED, this.#note);
  }

  stop(): void {
    unsubscribe(REQUEST_STARTED, this.#note);
  }

  /** Those of everybody but these callers. */
  withoutCallers(...callers: readonly string[]): readonly ServedRequest[] {
    return this.#requests.filter(({ caller }) => !callers.includes(caller));
  }

  of(caller: string): readonly ServedRequest[] {
    return this.#requests.filter((request) => request.caller === caller);
  }

  #started(message: unknown): void {
    const { request, response } = startedRequest.parse(message);
    if (request.socket.localPort !== this.#port) return;
    const signed = /Credential=([^/]+)\/[^/]+\/[^/]+\/([^/]+)\//.exec(request.headers.authorization ?? "");
    const [, caller, service] = signed ?? [];
    if (caller === undefined || service === undefined) return;

    const target = String(request.headers["x-amz-target"] ?? "");
    const action = target.slice(target.lastIndexOf(".") + 1);
    const body = isCounted(service, action) ? answerBody(response) : () => "";
    response.once("close", () => {
      const status = response.writableFinished ? response.statusCode : 0;
      const endedAtMs = Date.now();
      this.#requests.push({ service, action, caller, endedAtMs, status, ...contentOf(action, status, body) });
    });
  }
}

/** Whose answers hold something to count. */
const isCounted = (service: string, action: string): boolean =>
  service === "dynamodb" || (service === "sqs" && action === "ReceiveMessage");

function contentOf(action: string, status: number, body: () => string) {
  const isReceive = action === "ReceiveMessage" && status === 200;
  return {
    messages: isReceive ? received.parse(JSON.parse(body())).Messages.length : 0,
    isFailedCondition: status === 400 && failedCondition.safeParse(jsonOrNothing(body())).success,
  };
}

function jsonOrNothing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
