import { StartOutboundChatContactCommand } from "@aws-sdk/client-connect";
import { contactRequestHandler } from "./runtime/contact-request-handler.ts";
import { requestFor } from "./runtime/request-for.ts";

/** https://docs.aws.amazon.com/connect/latest/APIReference/API_StartOutboundChatContact.html */
export const handler = contactRequestHandler(
  "StartOutboundChatContact",
  async (client, { request, instance, clientToken }, options) => {
    const { input } = requestFor("StartOutboundChatContact", request);
    const command = new StartOutboundChatContactCommand({
      ...input,
      InstanceId: instance.id,
      ClientToken: clientToken,
    });
    return await client.send(command, options);
  },
);
