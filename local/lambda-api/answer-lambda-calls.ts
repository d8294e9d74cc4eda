import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { readBody } from "../connect-emulator/read-body.ts";
import { LambdaApiError } from "./lambda-api-error.ts";
import {
  getEventSourceMapping,
  type LambdaPlace,
  listEventSourceMappings,
  updateEventSourceMapping,
} from "./mapping-actions.ts";

const LONGEST_BODY_BYTES = 64 * 1024;

/** Older SDKs end the list's path with a slash. */
const MAPPINGS = /^\/2015-03-31\/event-source-mappings(?:\/([^/]*))?$/;

/** Lambda's REST API, as far as it is about event source mappings. */
export const answerLambdaCalls =
  (place: LambdaPlace): RequestListener =>
  (request, response) => {
    answer(request, response, place).catch(() => response.destroy());
  };

async function answer(request: IncomingMessage, response: ServerResponse, place: LambdaPlace): Promise<void> {
  const body = await readBody(request, LONGEST_BODY_BYTES);
  if (body.kind === "aborted") return;
  try {
    if (body.kind === "too-large")
      throw new LambdaApiError("RequestTooLargeException", 413, "The request is too long.");
    const { status, content } = act(request, body.bytes, place);
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(content));
  } catch (error) {
    if (!(error instanceof LambdaApiError)) throw error;
    const { code, status, message } = error;
    response
      .writeHead(status, { "content-type": "application/json", "x-amzn-errortype": code })
      .end(JSON.stringify({ Type: "User", Message: message }));
  }
}

function act(
  { method = "", url = "" }: IncomingMessage,
  body: Buffer,
  place: LambdaPlace,
): { readonly status: number; readonly content: Readonly<Record<string, unknown>> } {
  const [path = "", query] = url.split("?", 2);
  const matched = MAPPINGS.exec(path);
  const uuid = decodeURIComponent(matched?.[1] ?? "");
  const asked = matched === null ? "" : `${method} ${uuid === "" ? "all" : "one"}`;
  switch (asked) {
    case "GET all":
      return { status: 200, content: listEventSourceMappings(new URLSearchParams(query), place) };
    case "GET one":
      return { status: 200, content: getEventSourceMapping(uuid, place) };
    case "PUT one":
      return { status: 202, content: updateEventSourceMapping(uuid, json(body), place) };
    default:
      throw new LambdaApiError(
        "UnknownOperationException",
        404,
        `The local Lambda does not serve ${method} ${path}. It serves ListEventSourceMappings, GetEventSourceMapping and UpdateEventSourceMapping.`,
      );
  }
}

function json(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    throw new LambdaApiError("InvalidRequestContentException", 400, "The body of the request is not JSON.");
  }
}
