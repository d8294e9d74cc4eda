import type { IncomingMessage, ServerResponse } from "node:http";

/** Why a request is refused, in AWS's terms. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** Answers an error in the protocol that the request speaks: XML for the query protocol, JSON for the others. */
export function refuseRequest(request: IncomingMessage, response: ServerResponse, refusal: Refusal): void {
  // An unread body would keep the connection from being used again.
  request.resume();
  const speaksQuery = request.headers["content-type"]?.startsWith("application/x-www-form-urlencoded") ?? false;
  const [contentType, body] = speaksQuery ? asXml(refusal) : asJson(refusal);
  response.writeHead(refusal.status, { "content-type": contentType, "x-amzn-errortype": refusal.code }).end(body);
}

const asJson = ({ code, message }: Refusal): [string, string] => [
  "application/json",
  JSON.stringify({ __type: code, message }),
];

const asXml = ({ code, message }: Refusal): [string, string] => [
  "text/xml",
  `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${escaped(message)}</Message></Error></ErrorResponse>`,
];

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
