import { isObject } from "../contract/is-object.ts";
import { type LegibleIdentity, legibleIdentity } from "../contract/legible-identity.ts";
import { OPERATIONS, type Operation } from "../contract/operation.ts";
import { failed, type Result, succeeded } from "../result.ts";
import { isPlainRequest } from "./plain-request.ts";
import { invalidEnvelope, type Refusal } from "./refusal.ts";
import { isSnsMessage } from "./sns-notification.ts";
import { strangeShape, unknownEnvelope } from "./unknown-envelope.ts";

/** Whether an object is an event of Amazon EventBridge, well-formed or not. */
export const isEvent = (value: object): boolean =>
  Object.hasOwn(value, "detail-type") || Object.hasOwn(value, "detail");

/**
 * The contact request that an event brings: its `detail`, with the operation of its `detail-type`, and with the event's `id`
 * and `source` where the request names none.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-events-structure.html
 */
export function requestInEvent(event: Record<string, unknown>): Result<unknown, Refusal> {
  const own = legibleIdentity({ requestId: event["id"], source: event["source"] });
  const { detail } = event;
  if (!isObject(detail)) return failed(invalidEnvelope("MalformedEvent", DETAIL_IS_NO_OBJECT, own));

  // What is added comes last: an issue may name a member by its position as written.
  const request = { ...detail, ...missingIn(detail, own) };
  const identity = legibleIdentity(request);
  const operation = OPERATIONS.find((name) => name === event["detail-type"]);
  if (operation === undefined) return failed(unknownEnvelope("The message", OF_ANOTHER_TYPE, identity));
  const seen = isPlainRequest(detail) ? undefined : shapeOfDetail(detail);
  if (seen !== undefined) return failed(unknownEnvelope("The detail of the EventBridge event", seen, identity));
  if (Object.hasOwn(detail, "operation") && detail["operation"] !== operation) {
    return failed(invalidEnvelope("OperationDisagrees", operationDisagrees(operation), identity));
  }
  return succeeded({ ...request, operation });
}

/** What programs and pipes put there that is no request. */
function shapeOfDetail(detail: object): string | undefined {
  if (isEvent(detail)) return "another EventBridge event";
  return isSnsMessage(detail) ? "an SNS message" : strangeShape(detail);
}

/** What the event says about itself and the request does not. */
const missingIn = (detail: object, { requestId, source }: LegibleIdentity) => ({
  ...(!Object.hasOwn(detail, "requestId") && requestId !== null && { requestId }),
  ...(!Object.hasOwn(detail, "source") && source !== null && { source }),
});

const DETAIL_IS_NO_OBJECT =
  "The detail of the EventBridge event is not a JSON object. Put the contact request there as an object, not as a text that holds JSON.";

const OF_ANOTHER_TYPE = `an EventBridge event whose detail-type is none of the operations ${OPERATIONS.join(", ")} (a rule or schedule whose event is no contact request needs the request as its constant input)`;

const operationDisagrees = (operation: Operation): string =>
  `The detail-type of the EventBridge event is ${operation}, and its detail names another operation. Let detail.operation agree, or leave it out.`;
