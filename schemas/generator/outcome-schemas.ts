import * as z from "zod";
import { contactRequestFailed } from "#shared/outcomes/contact-request-failed.ts";
import { contactStarted } from "#shared/outcomes/contact-started.ts";
import type { JsonSchema } from "./json-schema.ts";

const words = z.registry<{ readonly description: string }>();

const requestId = "The upstream's idempotency key.";
const attempts = "Calls to Amazon Connect that counted, in the round that ended with this.";
const at = "When this was known, in UTC.";

const publishContactStarted = (): void => {
  const { shape } = contactStarted;
  words
    .add(contactStarted, { description: "A contact request has its contact in Amazon Connect." })
    .add(shape.requestId, { description: requestId })
    .add(shape.source, { description: "Who asked; null where the request names nobody." })
    .add(shape.contactId, { description: "The contact; of an OutboundEmail, the e-mail's." })
    .add(shape.contactIds, { description: "Of an OutboundEmail alone: what each of its calls answered with." })
    .add(shape.attempts, { description: attempts })
    .add(shape.repeated, { description: "Whether the contact was there before this message came." })
    .add(shape.at, { description: at });
};

const publishContactRequestFailed = (): void => {
  const { shape } = contactRequestFailed;
  words
    .add(contactRequestFailed, {
      description: "A contact request has become a dead letter. Not final, since it can be redriven.",
    })
    .add(shape.requestId, { description: `${requestId} Null where the message does not say it legibly.` })
    .add(shape.source, { description: "Who asked; null where the message does not say it legibly, or at all." })
    .add(shape.operation, { description: "The operation of the queue." })
    .add(shape.instanceId, { description: "Null where the message was refused before its instance was clear." })
    .add(shape.contact, { description: "none: there is certainly no contact. unknown: there may be one." })
    .add(shape.attempts, { description: attempts })
    .add(shape.at, { description: at });
};

/** AsyncAPI 3.0 is written in the dialect of draft 07. Events may gain members, so that none are forbidden here. */
const asDraft07 = (schema: z.ZodType): JsonSchema => {
  const { $schema: _dialect, ...keywords } = z.toJSONSchema(schema, {
    target: "draft-07",
    metadata: words,
    override: ({ jsonSchema }) => {
      delete jsonSchema.additionalProperties;
      if (jsonSchema.type === "integer") delete jsonSchema.maximum;
      if (jsonSchema.format === "date-time") delete jsonSchema.pattern;
    },
  });
  return keywords;
};

publishContactStarted();
publishContactRequestFailed();

/** The details of the two outcome events. */
export const outcomeSchemas = (): Readonly<Record<"ContactStarted" | "ContactRequestFailed", JsonSchema>> => ({
  ContactStarted: asDraft07(contactStarted),
  ContactRequestFailed: asDraft07(contactRequestFailed),
});
