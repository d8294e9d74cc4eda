import { StartOutboundEmailContactCommand } from "@aws-sdk/client-connect";
import { contactRequestHandler } from "./runtime/contact-request-handler.ts";

/** https://docs.aws.amazon.com/connect/latest/APIReference/API_StartOutboundEmailContact.html */
export const handler = contactRequestHandler("StartOutboundEmailContact", {
  StartOutboundEmailContact: async (client, input, options) =>
    await client.send(new StartOutboundEmailContactCommand(input), options),
});
