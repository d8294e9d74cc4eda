import { CreateContactCommand } from "@aws-sdk/client-connect";
import { contactRequestHandler } from "./runtime/contact-request-handler.ts";
import { requestFor } from "./runtime/request-for.ts";

/** https://docs.aws.amazon.com/connect/latest/APIReference/API_CreateContact.html */
export const handler = contactRequestHandler(
  "CreateContact",
  async (client, { request, instance, clientToken }, options) => {
    const { input } = requestFor("CreateContact", request);
    const command = new CreateContactCommand({ ...input, InstanceId: instance.id, ClientToken: clientToken });
    return await client.send(command, options);
  },
);
