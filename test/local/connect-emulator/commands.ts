import {
  type ConnectClient,
  CreateContactCommand,
  StartEmailContactCommand,
  StartOutboundChatContactCommand,
  StartOutboundEmailContactCommand,
} from "@aws-sdk/client-connect";
import { aChat, anInboundEmail, anOutboundEmail, aTask } from "./requests.ts";

type Start = (client: ConnectClient, clientToken?: string) => Promise<{ ContactId?: string | undefined }>;

const token = (clientToken: string | undefined) => (clientToken === undefined ? {} : { ClientToken: clientToken });

/** Each operation that starts a contact, with a good request, through the SDK. */
export const starts: readonly { readonly operation: string; readonly start: Start }[] = [
  {
    operation: "StartEmailContact",
    start: (client, given) => client.send(new StartEmailContactCommand(anInboundEmail(token(given)))),
  },
  {
    operation: "StartOutboundEmailContact",
    start: (client, given) => client.send(new StartOutboundEmailContactCommand(anOutboundEmail(token(given)))),
  },
  { operation: "CreateContact", start: (client, given) => client.send(new CreateContactCommand(aTask(token(given)))) },
  {
    operation: "StartOutboundChatContact",
    start: (client, given) => client.send(new StartOutboundChatContactCommand(aChat(token(given)))),
  },
];
