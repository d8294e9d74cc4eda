import { outboundEmailInput } from "#shared/contract/outbound-email.ts";
import { startOutboundEmailContactInput } from "#shared/contract/start-outbound-email-contact.ts";
import { having, saying, when } from "./conditions.ts";
import { published } from "./published.ts";

const { AdditionalRecipients, EmailMessage } = startOutboundEmailContactInput.shape;

/** Names the input of StartOutboundEmailContact and of OutboundEmail, and writes their rules over several members. */
export const publishStartOutboundEmailContact = (): void => {
  published.add(startOutboundEmailContactInput, {
    id: "StartOutboundEmailContactInput",
    description:
      "An outbound e-mail on a contact that CreateContact made. FromEmailAddress may be left out where the queue in Amazon Connect has a default outbound address. https://docs.aws.amazon.com/connect/latest/APIReference/API_StartOutboundEmailContact.html",
  });
  published.add(EmailMessage, {
    id: "OutboundEmailMessage",
    description: "RAW with RawMessage alone, or TEMPLATE with TemplatedMessageConfig alone.",
    also: {
      allOf: [
        when(saying({ MessageSourceType: "RAW" }), {
          ...having({ RawMessage: true, TemplatedMessageConfig: false }),
          required: ["RawMessage"],
        }),
        when(saying({ MessageSourceType: "TEMPLATE" }), {
          ...having({ RawMessage: false, TemplatedMessageConfig: true }),
          required: ["TemplatedMessageConfig"],
        }),
      ],
    },
  });
  published.add(AdditionalRecipients.unwrap(), {
    id: "OutboundEmailAdditionalRecipients",
    description: "At most 49: the destination is the fiftieth recipient.",
    also: { allOf: [having({ CcEmailAddresses: { type: "array", maxItems: 49 } })] },
  });
  published.add(outboundEmailInput, {
    id: "OutboundEmailInput",
    description:
      "An outbound e-mail as one request for the two calls that it takes: the draft that CreateContact makes, and what StartOutboundEmailContact sends on it.",
  });
  published.add(outboundEmailInput.shape.StartOutboundEmailContact, {
    id: "OutboundEmailSending",
    description:
      "The sending: the request of StartOutboundEmailContact. The instance stands beside it, and the ContactId is the draft's. https://docs.aws.amazon.com/connect/latest/APIReference/API_StartOutboundEmailContact.html",
  });
};
