import { asyncApiChannels, asyncApiOperations } from "./async-api-channels.ts";
import { asyncApiMessages } from "./async-api-messages.ts";
import { asyncApiSchemas } from "./async-api-schemas.ts";
import type { JsonSchema } from "./json-schema.ts";
import { SCHEMA_VERSION } from "./schema-version.ts";

const region = { region: { default: "us-east-1", description: "The deployment's Region." } };

const servers = {
  sqs: {
    host: "sqs.{region}.amazonaws.com",
    protocol: "sqs",
    description: "Amazon SQS, with the requests signed as AWS asks (Signature Version 4).",
    variables: region,
  },
  eventbridge: {
    host: "events.{region}.amazonaws.com",
    protocol: "eventbridge",
    description: "Amazon EventBridge, with the requests signed as AWS asks (Signature Version 4).",
    variables: region,
  },
};

/** The AsyncAPI 3.0 document, whose requests are defined in the JSON Schema beside it. */
export const asyncApiDocument = (contactRequest: JsonSchema) => ({
  asyncapi: "3.0.0",
  id: "urn:contact-requests",
  info: {
    title: "Contact Requests",
    version: SCHEMA_VERSION,
    description:
      "Turns contact requests into Amazon Connect contacts: one contact for each request, at the pace of the account's quota. docs/message-contract.md tells all of it in prose.",
    license: { name: "MIT" },
  },
  defaultContentType: "application/json",
  servers,
  channels: asyncApiChannels(),
  operations: asyncApiOperations(),
  components: {
    parameters: {
      prefix: {
        default: "contact-requests",
        description: "The deployment's prefix, where an account has more than one deployment.",
      },
    },
    messages: asyncApiMessages(),
    schemas: asyncApiSchemas(contactRequest.$defs ?? {}),
  },
});
