import type { ServerResponse } from "node:http";
import type { Answer } from "./answer.ts";

/** Writes an answer as REST-JSON has it: the exception's name in a header, its members in the body. */
export function sendAnswer(answer: Answer, requestId: string, response: ServerResponse): void {
  // A caller that gave up meanwhile is not an error of ours.
  if (response.destroyed) return;
  // "If the action is successful, the service sends back an HTTP 200 response with an empty HTTP body" (StopContact).
  const isEmpty = Object.keys(answer.body).length === 0;
  const body = Buffer.from(isEmpty ? "" : JSON.stringify(answer.body));
  response.writeHead(answer.kind === "accepted" ? 200 : answer.status, {
    "content-type": "application/json",
    "content-length": body.length,
    "x-amzn-requestid": requestId,
    ...(answer.kind === "refused" ? { "x-amzn-errortype": answer.name } : {}),
  });
  response.end(body);
}
