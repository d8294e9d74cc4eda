import { startOutboundChatContactInput } from "#shared/contract/start-outbound-chat-contact.ts";
import { having, holding, when } from "./conditions.ts";
import { published } from "./published.ts";
import { subtypeIn } from "./subtype-in.ts";

/** How many characters one message may have, by subtype. */
const MAX_CHARACTERS = { "connect:SMS": 1024, "connect:WhatsApp": 4096 } as const;

const { SupportedMessagingContentTypes } = startOutboundChatContactInput.shape;

const messageFitsTheSubtype = Object.entries(MAX_CHARACTERS).map(([subtype, maxLength]) =>
  when(
    holding({ SegmentAttributes: subtypeIn([subtype]) }),
    having({ InitialSystemMessage: having({ Content: { type: "string", maxLength } }) }),
  ),
);

/** Names StartOutboundChatContact's input, and writes its rules over several members. */
export const publishStartOutboundChatContact = (): void => {
  published.add(startOutboundChatContactInput, {
    id: "StartOutboundChatContactInput",
    description:
      "An SMS or WhatsApp message that opens a chat. SegmentAttributes names the subtype, and there is at most one initial message. https://docs.aws.amazon.com/connect/latest/APIReference/API_StartOutboundChatContact.html",
    also: {
      allOf: [
        having({ SegmentAttributes: subtypeIn(Object.keys(MAX_CHARACTERS)) }),
        ...messageFitsTheSubtype,
        { not: holding({ InitialSystemMessage: true, InitialTemplatedSystemMessage: true }) },
      ],
    },
  });
  published.add(SupportedMessagingContentTypes.unwrap(), {
    description: "Holds text/plain.",
    also: { contains: { const: "text/plain" } },
  });
};
