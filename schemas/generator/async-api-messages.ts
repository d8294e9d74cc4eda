import { OPERATIONS, type Operation } from "#shared/contract/operation.ts";
import { toDefinition } from "./async-api-schemas.ts";
import { exampleEvents } from "./example-events.ts";
import { exampleRequest } from "./example-request.ts";
import { requestName } from "./publish-requests.ts";

const JSON_TYPE = "application/json";

const inQueue = (operation: Operation) => ({
  name: requestName(operation),
  title: `A contact request for ${operation}`,
  contentType: JSON_TYPE,
  payload: toDefinition(requestName(operation)),
  examples: [{ name: "sample", payload: exampleRequest(operation) }],
});

const onBus = (name: string, title: string, example: unknown) => ({
  name: `${name}Event`,
  title,
  contentType: JSON_TYPE,
  payload: { $ref: `#/components/schemas/${name}Event` },
  examples: [{ name: "sample", payload: example }],
});

const requestEvent = (operation: Operation) => {
  const { operation: _inDetailType, source, ...detail } = exampleRequest(operation);
  return { source: source ?? "com.example.shop", "detail-type": operation, detail };
};

/** The messages that stand in queues, and those that travel on the event bus. */
export const asyncApiMessages = (): Record<string, unknown> => ({
  ...Object.fromEntries(
    OPERATIONS.flatMap((operation) => [
      [requestName(operation), inQueue(operation)],
      [`${operation}Event`, onBus(operation, `An event that asks for ${operation}`, requestEvent(operation))],
    ]),
  ),
  ContactStartedEvent: onBus("ContactStarted", "A contact was started", exampleEvents.contactStarted),
  ContactRequestFailedEvent: onBus(
    "ContactRequestFailed",
    "A contact request has become a dead letter",
    exampleEvents.contactRequestFailed,
  ),
});
