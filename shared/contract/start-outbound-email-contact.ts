import * as z from "zod";
import { atMostFiftyRecipients } from "./fields/at-most-fifty-recipients.ts";
import { clientToken } from "./fields/client-token.ts";
import { contactId } from "./fields/contact-id.ts";
import { emailAddressInfo } from "./fields/email-address-info.ts";
import { emailBody } from "./fields/email-body.ts";
import { emailContentType } from "./fields/email-content-type.ts";
import { emailRecipients } from "./fields/email-recipients.ts";
import { instanceId } from "./fields/instance-id.ts";
import { templatedMessage } from "./fields/templated-message.ts";
import { text } from "./fields/text.ts";
import { rule } from "./rule.ts";

const rawMessage = z.strictObject({
  Subject: text({ min: 1, max: 998 }),
  Body: emailBody,
  ContentType: emailContentType,
});

const messages = { RawMessage: z.unknown().optional(), TemplatedMessageConfig: z.unknown().optional() };

const rawNeedsItsMessage = rule(
  z.object({ MessageSourceType: z.literal("RAW"), ...messages }),
  ({ RawMessage, TemplatedMessageConfig }, refuse) => {
    if (RawMessage === undefined) refuse(["RawMessage"], "required", "is required with the MessageSourceType RAW");
    if (TemplatedMessageConfig === undefined) return;
    refuse(["TemplatedMessageConfig"], "conflict", "must be left out with the MessageSourceType RAW");
  },
);

const templateNeedsItsMessage = rule(
  z.object({ MessageSourceType: z.literal("TEMPLATE"), ...messages }),
  ({ RawMessage, TemplatedMessageConfig }, refuse) => {
    if (TemplatedMessageConfig === undefined) {
      refuse(["TemplatedMessageConfig"], "required", "is required with the MessageSourceType TEMPLATE");
    }
    if (RawMessage === undefined) return;
    refuse(["RawMessage"], "conflict", "must be left out with the MessageSourceType TEMPLATE");
  },
);

const emailMessage = z
  .strictObject({
    MessageSourceType: z.enum(["TEMPLATE", "RAW"]),
    TemplatedMessageConfig: templatedMessage.optional(),
    RawMessage: rawMessage.optional(),
  })
  .check(rawNeedsItsMessage, templateNeedsItsMessage);

const additionalRecipients = z
  .strictObject({ CcEmailAddresses: emailRecipients.optional() })
  .check(atMostFiftyRecipients);

/**
 * An outbound e-mail on a contact that CreateContact made. FromEmailAddress may be left out where the queue has a default
 * outbound address, which cannot be seen from here.
 * Source: https://docs.aws.amazon.com/connect/latest/APIReference/API_StartOutboundEmailContact.html
 */
export const startOutboundEmailContactInput = z.strictObject({
  InstanceId: instanceId.optional(),
  ContactId: contactId,
  FromEmailAddress: emailAddressInfo.optional(),
  DestinationEmailAddress: emailAddressInfo,
  AdditionalRecipients: additionalRecipients.optional(),
  EmailMessage: emailMessage,
  ClientToken: clientToken.optional(),
});
