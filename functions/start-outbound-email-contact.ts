import { StartOutboundEmailContactCommand } from "@aws-sdk/client-connect";
import { contactRequestHandler } from "./runtime/contact-request-handler.ts";
import { requestFor } from "./runtime/request-for.ts";

/** https://docs.aws.amazon.com/connect/latest/APIReference/API_StartOutboundEmailContact.html */
export const handler = contactRequestHandler(
  "StartOutboundEmailContact",
  async (client, { request, instance, clientToken }, options) => {
    const { input } = requestFor("StartOutboundEmailContact", request);
    const command = new StartOutboundEmailContactCommand({
      ...input,
      InstanceId: instance.id,
      ClientToken: clientToken,
    });
    return await client.send(command, options);
  },
);
