import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { readBody } from "../connect-emulator/read-body.ts";
import type { ParameterStore } from "./parameter-store.ts";
import { SSM_ACTIONS } from "./ssm-actions.ts";
import { SsmError } from "./ssm-error.ts";

/** Ten names, with room. */
const LONGEST_BODY_BYTES = 64 * 1024;

const TARGET = /^AmazonSSM\.(\w+)$/;

/** Parameter Store, as far as it is read: https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html */
export const answerSsmCalls =
  (parameters: ParameterStore): RequestListener =>
  (request, response) => {
    answer(request, response, parameters).catch(() => response.destroy());
  };

async function answer(request: IncomingMessage, response: ServerResponse, parameters: ParameterStore): Promise<void> {
  const body = await readBody(request, LONGEST_BODY_BYTES);
  if (body.kind === "aborted") return;
  try {
    if (body.kind === "too-large") throw new SsmError("ValidationException", "The request is too long.");
    const operation = TARGET.exec(request.headers["x-amz-target"]?.toString() ?? "")?.[1] ?? "";
    const action = SSM_ACTIONS.get(operation);
    if (action === undefined) throw unknownOperation(operation);
    send(response, 200, action(json(body.bytes), parameters));
  } catch (error) {
    if (!(error instanceof SsmError)) throw error;
    send(response, 400, { __type: error.code, message: error.message });
  }
}

const unknownOperation = (operation: string): SsmError =>
  new SsmError(
    "UnknownOperationException",
    `The local Parameter Store does not serve ${operation || "this request"}. It serves GetParameter and GetParameters.`,
  );

function json(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    throw new SsmError("SerializationException", "The body of the request is not JSON.");
  }
}

function send(response: ServerResponse, status: number, content: Readonly<Record<string, unknown>>): void {
  response.writeHead(status, { "content-type": "application/x-amz-json-1.1" }).end(JSON.stringify(content));
}
