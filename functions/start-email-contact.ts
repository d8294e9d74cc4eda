import { StartEmailContactCommand } from "@aws-sdk/client-connect";
import { contactRequestHandler } from "./runtime/contact-request-handler.ts";

/** https://docs.aws.amazon.com/connect/latest/APIReference/API_StartEmailContact.html */
export const handler = contactRequestHandler("StartEmailContact", {
  StartEmailContact: async (client, input, options) => await client.send(new StartEmailContactCommand(input), options),
});
