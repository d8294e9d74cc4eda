import { type Answer, refused } from "./answer.ts";
import { apiModel } from "./api-model.ts";
import { checkInput } from "./check-input.ts";
import type { ConnectInstances } from "./connect-instances.ts";
import { type EmulatorParts, struckBy } from "./emulator-parts.ts";
import { isJsonObject, type JsonObject } from "./json-object.ts";
import type { OperationName } from "./operation-name.ts";
import { operations } from "./operations.ts";

// As many as help a reader. A request with thousands of wrong entries shall not be answered with megabytes.
const PROBLEMS_NAMED = 10;

/** A complete call to one operation, as it came. */
export interface Call {
  readonly operation: OperationName;
  readonly body: Buffer;
}

/** Answers a call: quota, rights, request, then the work. Synchronous, so that calls take effect one after the other. */
export function answerCall(call: Call, instances: ConnectInstances, parts: EmulatorParts): Answer {
  const { operation } = call;
  const refusal = refusedAtTheDoor(operation, parts);
  if (refusal !== undefined) return refusal;
  const request = parseBody(call.body);
  if (typeof request === "string") return refused("SerializationException", request);
  const checked = checkInput(apiModel.operations[operation].input, request);
  if (!checked.ok) return refused("InvalidRequestException", described(checked.problems));
  const answer = instances.perform(operations[operation], checked.input);
  if (answer.kind === "accepted" && struckBy("internalErrorAfter", operation, parts) !== undefined) {
    return internalError();
  }
  return answer;
}

/** The token bucket is asked first: a call that is refused for anything else has still used the quota. */
function refusedAtTheDoor(operation: OperationName, parts: EmulatorParts): Answer | undefined {
  if (!parts.quotas.take(operation, parts.settings().quota[operation], parts.clock.nowMs())) {
    parts.stats.throttled(operation);
    return refused("ThrottlingException", "Rate exceeded");
  }
  if (struckBy("throttled", operation, parts)) return refused("ThrottlingException", "Rate exceeded");
  if (struckBy("accessDenied", operation, parts)) {
    return refused("AccessDeniedException", `The caller is not authorized to perform connect:${operation}`);
  }
  return struckBy("internalErrorBefore", operation, parts) ? internalError() : undefined;
}

const internalError = (): Answer =>
  refused("InternalServiceException", "Request processing failed because of an error");

/** The JSON object of a body, or a sentence that says why there is none. No body at all says no members. */
function parseBody(body: Buffer): JsonObject | string {
  if (body.length === 0) return {};
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    return "The body is not JSON in UTF-8";
  }
  return isJsonObject(value) ? value : "The body is not a JSON object";
}

function described(problems: readonly string[]): string {
  const named = problems.slice(0, PROBLEMS_NAMED).join("; ");
  const noun = problems.length === 1 ? "validation error" : "validation errors";
  return `${problems.length} ${noun} detected: ${named}${problems.length > PROBLEMS_NAMED ? "; …" : ""}`;
}
