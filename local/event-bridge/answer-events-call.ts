import type { IncomingMessage, ServerResponse } from "node:http";
import { readBody } from "../connect-emulator/read-body.ts";
import type { EventsPlace } from "./events-action.ts";
import { EVENTS_ACTIONS } from "./events-actions.ts";
import { EventsError } from "./events-error.ts";

/** Ten entries of 1 MiB in all may be six times as long in JSON, with every character escaped. */
const LONGEST_BODY_BYTES = 8 * 1024 * 1024;

const TARGET = /^AWSEvents\.(\w+)$/;

/** Serves one call of the AWS JSON protocol 1.1. https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html */
export async function answerEventsCall(
  request: IncomingMessage,
  response: ServerResponse,
  place: EventsPlace,
): Promise<void> {
  const body = await readBody(request, LONGEST_BODY_BYTES);
  if (body.kind === "aborted") return;
  try {
    if (body.kind === "too-large")
      throw new EventsError("RequestEntityTooLargeException", "Request size exceeded limit");
    const name = TARGET.exec(request.headers["x-amz-target"]?.toString() ?? "")?.[1] ?? "";
    const action = EVENTS_ACTIONS.get(name);
    if (action === undefined) throw unknownOperation(name);
    send(response, 200, action(parsed(body.bytes), place));
  } catch (error) {
    if (!(error instanceof EventsError)) throw error;
    send(response, 400, { __type: error.code, message: error.message });
  }
}

const unknownOperation = (name: string): EventsError =>
  new EventsError(
    "UnknownOperationException",
    `The local EventBridge does not serve ${name || "this request"}. It serves ${[...EVENTS_ACTIONS.keys()].join(", ")}.`,
  );

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    throw new EventsError("SerializationException", "The body of the request is not JSON.");
  }
}

function send(response: ServerResponse, status: number, answer: Readonly<Record<string, unknown>>): void {
  response.writeHead(status, { "content-type": "application/x-amz-json-1.1" }).end(JSON.stringify(answer));
}
