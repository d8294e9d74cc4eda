import { CreateContactCommand } from "@aws-sdk/client-connect";
import { contactRequestHandler } from "./runtime/contact-request-handler.ts";

/** https://docs.aws.amazon.com/connect/latest/APIReference/API_CreateContact.html */
export const handler = contactRequestHandler("CreateContact", {
  CreateContact: async (client, input, options) => await client.send(new CreateContactCommand(input), options),
});
