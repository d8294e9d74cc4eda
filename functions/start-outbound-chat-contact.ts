import { StartOutboundChatContactCommand } from "@aws-sdk/client-connect";
import { contactRequestHandler } from "./runtime/contact-request-handler.ts";

/** https://docs.aws.amazon.com/connect/latest/APIReference/API_StartOutboundChatContact.html */
export const handler = contactRequestHandler("StartOutboundChatContact", {
  StartOutboundChatContact: async (client, input, options) =>
    await client.send(new StartOutboundChatContactCommand(input), options),
});
