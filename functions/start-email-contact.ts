import { StartEmailContactCommand } from "@aws-sdk/client-connect";
import { contactRequestHandler } from "./runtime/contact-request-handler.ts";
import { requestFor } from "./runtime/request-for.ts";

/** https://docs.aws.amazon.com/connect/latest/APIReference/API_StartEmailContact.html */
export const handler = contactRequestHandler(
  "StartEmailContact",
  async (client, { request, instance, clientToken }, options) => {
    const { input } = requestFor("StartEmailContact", request);
    const command = new StartEmailContactCommand({ ...input, InstanceId: instance.id, ClientToken: clientToken });
    return await client.send(command, options);
  },
);
