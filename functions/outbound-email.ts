import { CreateContactCommand, StartOutboundEmailContactCommand, StopContactCommand } from "@aws-sdk/client-connect";
import { contactRequestHandler } from "./runtime/contact-request-handler.ts";

/**
 * Two calls for one request, and one to take the first back.
 * https://docs.aws.amazon.com/connect/latest/APIReference/API_StartOutboundEmailContact.html
 */
export const handler = contactRequestHandler("OutboundEmail", {
  CreateContact: async (client, input, options) => await client.send(new CreateContactCommand(input), options),
  StartOutboundEmailContact: async (client, input, options) =>
    await client.send(new StartOutboundEmailContactCommand(input), options),
  StopContact: async (client, input, options) => await client.send(new StopContactCommand(input), options),
});
