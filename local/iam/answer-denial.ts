import type { IncomingMessage, ServerResponse } from "node:http";
import type { Denial } from "./denial.ts";

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Each service has its own words for it. */
const ANSWERS: ReadonlyMap<string, (denial: Denial) => Answer> = new Map([
  ["connect", ({ message }) => json(403, "AccessDeniedException", { Message: message })],
  ["dynamodb", ({ message }) => typed(400, "com.amazon.coral.service#AccessDeniedException", { Message: message })],
  ["events", ({ message }) => typed(400, "AccessDeniedException", { Message: message })],
  ["s3", ofS3],
  ["sns", ({ message }) => xml(403, "AuthorizationError", message)],
  ["sqs", ofSqs],
]);

/** Answers as the service itself would, so that an SDK makes the same error of it. */
export function answerDenial(
  { request, response, service }: { request: IncomingMessage; response: ServerResponse; service: string },
  denial: Denial,
): void {
  // An unread body would keep the connection from being used again.
  request.resume();
  const answer = (ANSWERS.get(service) ?? (({ message }: Denial) => xml(403, "AccessDenied", message)))(denial);
  response.writeHead(answer.status, answer.headers).end(request.method === "HEAD" ? undefined : answer.body);
}

/** SQS writes actions in small letters, and names errors of the key in its own way. */
function ofSqs({ action = "", message }: Denial): Answer {
  const [type, older] = action.startsWith("kms:")
    ? ["com.amazonaws.sqs#KmsAccessDenied", "KMS.AccessDeniedException"]
    : ["com.amazon.coral.service#AccessDeniedException", "AccessDenied"];
  const inItsWords = action.startsWith("sqs:") ? message.replaceAll(action, action.toLowerCase()) : message;
  const answer = typed(older === "AccessDenied" ? 403 : 400, type, { message: inItsWords });
  return { ...answer, headers: { ...answer.headers, "x-amzn-query-error": `${older};Sender` } };
}

/** S3 puts the resource in quotes, and its error stands alone. */
function ofS3({ message }: Denial): Answer {
  const quoted = message.replace(/ on resource: (\S+)/, ' on resource: "$1"');
  return {
    status: 403,
    headers: { "content-type": "application/xml" },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code><Message>${escaped(quoted)}</Message></Error>`,
  };
}

const json = (status: number, type: string, content: object): Answer => ({
  status,
  headers: { "content-type": "application/json", "x-amzn-errortype": type },
  body: JSON.stringify(content),
});

const typed = (status: number, type: string, content: object): Answer => ({
  status,
  headers: { "content-type": "application/x-amz-json-1.0" },
  body: JSON.stringify({ __type: type, ...content }),
});

const xml = (status: number, code: string, message: string): Answer => ({
  status,
  headers: { "content-type": "text/xml" },
  body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${escaped(message)}</Message></Error></ErrorResponse>`,
});

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
