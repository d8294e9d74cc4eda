import { ContactRequestProducer } from "#producer/contact-request-producer.ts";
import type { ContactRequest } from "#shared/contract/contact-request.ts";
import type { LocalClients } from "./local-clients.ts";
import type { SentByWay, WayIn } from "./way-in.ts";

export interface Production {
  readonly way: WayIn;
  readonly request: ContactRequest;
  /** For a request that is too large for SQS. */
  readonly payloadBucket?: string;
}

/** Sends a sample through the producer. */
export async function produce({ sqs, s3 }: LocalClients, { way, request, ...place }: Production): Promise<SentByWay> {
  const producer = new ContactRequestProducer({ client: sqs, s3, ...place });
  const outcome = await producer.send(request);
  if (outcome.kind !== "sent") throw new Error(`The sample ${request.requestId} was not sent: ${outcome.kind}.`);
  return { way, operation: request.operation, requestId: request.requestId };
}
