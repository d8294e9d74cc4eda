import type { LocalClients } from "./local-clients.ts";
import { produce } from "./produce.ts";
import { sampleEmail } from "./sample-email.ts";
import type { SentByWay } from "./way-in.ts";

/** More than SQS takes. */
const BODY_LENGTH = 1_200_000;

/** Sends the sample e-mail, with its body over and over, through the producer, which stores it and sends a pointer. */
export async function sendLargeEmail(clients: LocalClients, payloadBucket: string): Promise<SentByWay> {
  const request = await sampleEmail("large.json");
  const { EmailMessage } = request.input;
  const { RawMessage } = EmailMessage;
  const Body = RawMessage.Body.repeat(Math.ceil(BODY_LENGTH / RawMessage.Body.length));
  const input = { ...request.input, EmailMessage: { ...EmailMessage, RawMessage: { ...RawMessage, Body } } };
  return produce(clients, { way: "pointer", request: { ...request, input }, payloadBucket });
}
