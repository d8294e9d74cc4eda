import { PAYLOAD_SIZE_ATTRIBUTE } from "#shared/envelopes/payload-pointer.ts";

/** A message for an SQS queue. */
export interface OutgoingMessage {
  readonly body: string;
  /** SQS is fair between the groups of a standard queue. */
  readonly groupId?: string;
  /** The body is a pointer of the Extended Client Library: how many bytes the payload has that it points to. */
  readonly payloadBytes?: number;
}

/** A message attribute as SQS takes it. */
export interface OutgoingAttribute {
  readonly DataType: "Number";
  readonly StringValue: string;
}

/** The message attributes that go with a message, by name. */
export const messageAttributes = ({ payloadBytes }: OutgoingMessage): Readonly<Record<string, OutgoingAttribute>> =>
  payloadBytes === undefined
    ? {}
    : { [PAYLOAD_SIZE_ATTRIBUTE]: { DataType: "Number", StringValue: String(payloadBytes) } };

/** What SQS counts against its limits: the body in UTF-8, and the name, type and value of each attribute. */
export function messageBytes(message: OutgoingMessage): number {
  const attributes = Object.entries(messageAttributes(message)).flatMap(([name, { DataType, StringValue }]) => [
    name,
    DataType,
    StringValue,
  ]);
  return [message.body, ...attributes].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}
