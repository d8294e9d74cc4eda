import * as z from "zod";
import { atMostFiftyRecipients } from "./fields/at-most-fifty-recipients.ts";
import { attributes } from "./fields/attributes.ts";
import { clientToken } from "./fields/client-token.ts";
import { contactFlowId } from "./fields/contact-flow-id.ts";
import { contactId } from "./fields/contact-id.ts";
import { description } from "./fields/description.ts";
import { emailAddress } from "./fields/email-address.ts";
import { emailAddressInfo } from "./fields/email-address-info.ts";
import { emailAttachments } from "./fields/email-attachments.ts";
import { emailBody } from "./fields/email-body.ts";
import { emailContentType } from "./fields/email-content-type.ts";
import { emailHeaders } from "./fields/email-headers.ts";
import { emailRecipients } from "./fields/email-recipients.ts";
import { instanceId } from "./fields/instance-id.ts";
import { name } from "./fields/name.ts";
import { references } from "./fields/references.ts";
import { segmentAttributes } from "./fields/segment-attributes.ts";
import { text } from "./fields/text.ts";

const rawMessage = z.strictObject({
  Subject: text({ max: 998 }),
  Body: emailBody,
  ContentType: emailContentType,
  Headers: emailHeaders.optional(),
});

/** The model leaves RawMessage open; RAW is the only source there is, so it is always needed. */
const emailMessage = z.strictObject({
  MessageSourceType: z.enum(["RAW"]),
  RawMessage: rawMessage,
});

const additionalRecipients = z
  .strictObject({
    ToAddresses: emailRecipients.optional(),
    CcAddresses: emailRecipients.optional(),
  })
  .check(atMostFiftyRecipients);

/**
 * An inbound e-mail: from a customer to an address of the instance.
 * Source: https://docs.aws.amazon.com/connect/latest/APIReference/API_StartEmailContact.html
 */
export const startEmailContactInput = z.strictObject({
  InstanceId: instanceId.optional(),
  FromEmailAddress: emailAddressInfo,
  DestinationEmailAddress: emailAddress,
  Description: description.optional(),
  References: references(z.enum(["URL", "NUMBER", "STRING", "DATE"])).optional(),
  Name: name.optional(),
  EmailMessage: emailMessage,
  AdditionalRecipients: additionalRecipients.optional(),
  Attachments: emailAttachments.optional(),
  ContactFlowId: contactFlowId.optional(),
  RelatedContactId: contactId.optional(),
  Attributes: attributes.optional(),
  SegmentAttributes: segmentAttributes.optional(),
  ClientToken: clientToken.optional(),
});
