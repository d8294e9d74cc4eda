import { createContactInput } from "#shared/contract/create-contact.ts";
import { attributes } from "#shared/contract/fields/attributes.ts";
import { clientToken } from "#shared/contract/fields/client-token.ts";
import { contactId } from "#shared/contract/fields/contact-id.ts";
import { emailAddress } from "#shared/contract/fields/email-address.ts";
import { emailAddressInfo } from "#shared/contract/fields/email-address-info.ts";
import { emailBody } from "#shared/contract/fields/email-body.ts";
import { initialMessage } from "#shared/contract/fields/initial-message.ts";
import { instanceId } from "#shared/contract/fields/instance-id.ts";
import { moment } from "#shared/contract/fields/moment.ts";
import { sendingHours } from "#shared/contract/fields/sending-hours.ts";
import { templatedMessage } from "#shared/contract/fields/templated-message.ts";
import { text } from "#shared/contract/fields/text.ts";
import { startEmailContactInput } from "#shared/contract/start-email-contact.ts";
import { having, saying, when } from "./conditions.ts";
import { keysOfMap } from "./keys-of-map.ts";
import { published } from "./published.ts";

const INSTANCE_ARN = "^arn:[a-z0-9-]{1,32}:connect:[a-z0-9-]{1,32}:[0-9]{12}:instance/[^\\s:/]{1,100}$";

const attributeName = text({ min: 1, max: 32_767 }).regex(/^[A-Za-z0-9_-]*$/u);
const referenceName = text({ min: 1, max: 4096 });
const customAttributeName = text({ min: 1, max: 32_767 });

const publishReferences = (references: (typeof REFERENCES)[number], id: string): void => {
  published.add(references, {
    id,
    description: "References that agents see at the contact: at most 4,096 bytes of UTF-8 over all keys and values.",
    also: keysOfMap(referenceName),
  });
  published.add(references.valueType, {
    description: "The Value of a URL reference is a URL with its scheme, that of a DATE reference an epoch timestamp.",
    also: {
      allOf: [
        // What a URL is beyond this, the WHATWG URL Standard says, and no regular expression does.
        when(
          saying({ Type: "URL" }),
          having({ Value: { type: "string", pattern: "^\\S*[A-Za-z][A-Za-z0-9+.-]*:\\S*$" } }),
        ),
        when(saying({ Type: "DATE" }), having({ Value: { type: "string", pattern: "^[0-9]{1,16}$" } })),
      ],
    },
  });
};

const REFERENCES = [
  startEmailContactInput.shape.References.unwrap(),
  createContactInput.shape.References.unwrap(),
] as const;

/** Names the parts that several operations share, and writes what the contract checks about them by code. */
export const publishFields = (): void => {
  publishReferences(REFERENCES[0], "EmailReferences");
  publishReferences(REFERENCES[1], "ContactReferences");
  published
    .add(instanceId, {
      id: "InstanceId",
      description:
        "A Connect instance that the deployment serves: its id or its ARN. Left out, it is the deployment's first instance.",
      also: when({ pattern: "^arn:" }, { pattern: INSTANCE_ARN }, { maxLength: 100 }),
    })
    .add(clientToken, {
      id: "ClientToken",
      description: "Used unchanged in place of the token that follows from the requestId.",
    })
    .add(contactId, { id: "ContactId" })
    .add(emailAddress, { id: "EmailAddress" })
    .add(emailAddressInfo, { id: "EmailAddressInfo", description: "An e-mail address and the name shown with it." })
    .add(emailBody, { id: "EmailBody" })
    .add(moment, {
      id: "Moment",
      description: "ISO 8601 with seconds and a zone, as in 2026-12-01T09:00:00Z or 2026-12-01T10:00:00+01:00.",
    })
    .add(sendingHours, {
      id: "SendingHours",
      description:
        "Hours of every day by the clocks of a time zone. Where to is the earlier one they go over midnight; the two differ.",
    })
    .add(sendingHours.shape.timeZone, { description: "A name in the IANA time zone database, as in Europe/Berlin." })
    .add(initialMessage, {
      id: "InitialMessage",
      description: "Content has at most 16,384 bytes of UTF-8; with SMS 1,024 characters, with WhatsApp 4,096.",
    })
    .add(templatedMessage, { id: "TemplatedMessage", description: "A message template and what is filled into it." })
    .add(templatedMessage.shape.TemplateAttributes.shape.CustomAttributes.unwrap(), {
      also: keysOfMap(customAttributeName),
    })
    .add(attributes, {
      id: "Attributes",
      description: "Contact attributes: at most 32,768 bytes of UTF-8 over all keys and values.",
      also: keysOfMap(attributeName),
    });
};
