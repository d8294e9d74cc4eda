import * as z from "zod";
import { OPERATIONS, type Operation } from "#shared/contract/operation.ts";
import { OUTCOME_SOURCE } from "#shared/outcomes/outcome-entry.ts";
import type { JsonSchema } from "./json-schema.ts";
import { outcomeSchemas } from "./outcome-schemas.ts";
import { requestName } from "./publish-requests.ts";

/** Where the AsyncAPI document finds what the schema beside it defines. */
const DEFINITIONS = "./contact-request.schema.json#/$defs/";

const definition = z.looseObject({ properties: z.record(z.string(), z.looseObject({})) });

/** A reference to one of the schema's definitions. */
export const toDefinition = (name: string): JsonSchema => ({ $ref: `${DEFINITIONS}${name}` });

const abroad = (schema: JsonSchema): unknown =>
  JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', `"${DEFINITIONS}`));

/** What an event carries as its detail: the message, of which the event itself says some members. */
const detailOf = (operation: Operation, definitions: Readonly<Record<string, JsonSchema>>): JsonSchema => {
  const { title: _title, ...request } = definition.parse(abroad(definitions[requestName(operation)] ?? {}));
  return {
    ...request,
    description:
      "The message. requestId defaults to the event's id, source to the event's source; operation, if it is there, is the event's detail-type.",
    required: ["input"],
  };
};

/** An event as EventBridge delivers it. PutEvents takes `Source`, `DetailType`, and `Detail` as JSON text. */
const eventOf = (source: JsonSchema, detailType: string, detailName: string): JsonSchema => ({
  type: "object",
  properties: {
    id: { type: "string", description: "EventBridge's own." },
    source,
    "detail-type": { const: detailType },
    time: { type: "string", format: "date-time" },
    detail: { $ref: `#/components/schemas/${detailName}` },
  },
  required: ["source", "detail-type", "detail"],
});

const ANY_SOURCE = { type: "string", description: "Who asks, unless the detail says it." };

/** The schemas of what travels on the event bus; what stands in queues is defined in the JSON Schema. */
export const asyncApiSchemas = (definitions: Readonly<Record<string, JsonSchema>>): JsonSchema => ({
  ...Object.fromEntries(
    OPERATIONS.flatMap((operation) => [
      [`${operation}Event`, eventOf(ANY_SOURCE, operation, `${operation}Detail`)],
      [`${operation}Detail`, detailOf(operation, definitions)],
    ]),
  ),
  ContactStartedEvent: eventOf({ const: OUTCOME_SOURCE }, "Contact Started", "ContactStarted"),
  ContactRequestFailedEvent: eventOf({ const: OUTCOME_SOURCE }, "Contact Request Failed", "ContactRequestFailed"),
  ...outcomeSchemas(),
});
