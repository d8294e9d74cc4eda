import * as z from "zod";
import { contactRequestSchema } from "#shared/contract/contact-request.ts";
import type { JsonSchema } from "./json-schema.ts";
import { publishCreateContact } from "./publish-create-contact.ts";
import { publishFields } from "./publish-fields.ts";
import { publishRequests } from "./publish-requests.ts";
import { publishSegmentAttributes } from "./publish-segment-attributes.ts";
import { publishStartEmailContact } from "./publish-start-email-contact.ts";
import { publishStartOutboundChatContact } from "./publish-start-outbound-chat-contact.ts";
import { publishStartOutboundEmailContact } from "./publish-start-outbound-email-contact.ts";
import { published } from "./published.ts";
import { SCHEMA_VERSION } from "./schema-version.ts";
import { withOwnSegmentAttributeValues } from "./segment-attribute-levels.ts";

publishRequests();
publishFields();
publishSegmentAttributes();
publishStartEmailContact();
publishStartOutboundEmailContact();
publishCreateContact();
publishStartOutboundChatContact();

/** A URN, so that nobody expects to fetch the schema from an address of the repository's name. */
const ID = `urn:contact-requests:schemas:contact-request:${SCHEMA_VERSION}`;

const named = z.record(z.string(), z.looseObject({}));

const inOrder = (definitions: Readonly<Record<string, JsonSchema>>): Readonly<Record<string, JsonSchema>> =>
  Object.fromEntries(Object.entries(definitions).toSorted(([one], [other]) => (one < other ? -1 : 1)));

/** The contract as JSON Schema 2020-12: what a message is, for every operation. */
export const contactRequestJsonSchema = (): JsonSchema => {
  const { $schema, $defs, ...request } = z.toJSONSchema(contactRequestSchema, {
    io: "input",
    target: "draft-2020-12",
    metadata: published,
    override: ({ zodSchema, jsonSchema }) => {
      const also = published.get(zodSchema)?.also;
      delete jsonSchema["also"];
      // The contract's own texts say their lengths here, since they count them by code.
      Object.assign(jsonSchema, z.globalRegistry.get(zodSchema), also);
    },
  });
  return {
    $schema,
    $id: ID,
    title: "Contact request",
    description:
      "A message that asks for one contact in Amazon Connect. docs/message-contract.md lists the rules that a schema cannot express.",
    ...request,
    $defs: inOrder(withOwnSegmentAttributeValues(named.parse($defs))),
  };
};
