/**
 * What compiles with the producer, and what does not. Nothing here is run: `tsc` fails for a line below a `@ts-expect-error` that
 * compiles.
 */
import {
  ContactRequestProducer,
  type ContactRequestProducerOptions,
  type CreateContactRequest,
} from "#producer/contact-request-producer.ts";

const producer = new ContactRequestProducer({ prefix: "contact-requests" });
const generating = new ContactRequestProducer({ generateRequestId: () => "billing/1" });

declare const someOptions: ContactRequestProducerOptions | undefined;
declare const oneOrTheOther: { readonly source: string } | { readonly prefix: string };
const writtenBefore = { prefix: "contact-requests", lane: "backfill" } as const;
const checkedBefore = {
  requestId: "a/1",
  operation: "CreateContact",
  input: { Channel: "TASK", InitiationMethod: "API" },
} satisfies CreateContactRequest;

const task = { Channel: "TASK", InitiationMethod: "API" } as const;
const chat = {
  SourceEndpoint: { Type: "CONNECT_PHONENUMBER_ARN", Address: "arn" },
  DestinationEndpoint: { Type: "TELEPHONE_NUMBER", Address: "+4915112345678" },
  SegmentAttributes: { "connect:Subtype": { ValueString: "connect:SMS" } },
  ContactFlowId: "flow",
} as const;

export const whatCompiles = () => [
  producer.send({ requestId: "a/1", operation: "CreateContact", input: task }),
  producer.send({ requestId: "a/1", operation: "StartOutboundChatContact", input: chat }),
  producer.sendMany([
    { requestId: "a/1", operation: "CreateContact", input: task, source: "billing" },
    { requestId: "a/1", operation: "StartOutboundChatContact", input: chat },
  ]),
  generating.send({ operation: "CreateContact", input: task }),
  generating.send({ requestId: "a/1", operation: "CreateContact", input: task }),
  new ContactRequestProducer(someOptions),
  new ContactRequestProducer(writtenBefore),
  new ContactRequestProducer(oneOrTheOther),
  new ContactRequestProducer<ContactRequestProducerOptions>({ source: "billing" }),
  producer.send(checkedBefore),
  new ContactRequestProducer().send({ requestId: "a/1", operation: "CreateContact", input: task }),
];

export const whatDoesNot = () => [
  // @ts-expect-error a requestId is needed: nobody was told how to make one
  producer.send({ operation: "CreateContact", input: task }),
  // @ts-expect-error there is no such operation
  producer.send({ requestId: "a/1", operation: "StartTaskContact", input: task }),
  // @ts-expect-error the input is that of another operation
  producer.send({ requestId: "a/1", operation: "CreateContact", input: chat }),
  // @ts-expect-error also where the requestId is made
  generating.send({ operation: "CreateContact", input: chat }),
  // @ts-expect-error the member has another name: InitiationMethod
  producer.send({ requestId: "a/1", operation: "CreateContact", input: { ...task, Initiation: "API" } }),
  // @ts-expect-error the request has no such member
  producer.send({ requestId: "a/1", operation: "CreateContact", input: task, priority: 1 }),
  // @ts-expect-error CreateContact takes no chats
  producer.send({ requestId: "a/1", operation: "CreateContact", input: { ...task, Channel: "CHAT" } }),
  producer.send({
    requestId: "a/1",
    operation: "StartOutboundChatContact",
    // @ts-expect-error deep inside: the value of a segment attribute is no text
    input: { ...chat, SegmentAttributes: { "connect:Subtype": "connect:SMS" } },
  }),
  // @ts-expect-error a source of something else
  producer.sendMany(new Set(["a/1"])),
  // @ts-expect-error the option has another name: payloadBucket
  new ContactRequestProducer({ payloadBuket: "payloads" }),
  // @ts-expect-error also beside one that is right
  new ContactRequestProducer({ source: "billing", payloadBuket: "payloads" }),
  // @ts-expect-error also beside some that were written before
  new ContactRequestProducer({ ...writtenBefore, payloadBuket: "payloads" } as const),
  // @ts-expect-error a misspelt generator makes no ids
  new ContactRequestProducer({ source: "billing", generateRequestID: () => "billing/1" }),
  {
    requestId: "a/1",
    operation: "CreateContact",
    // @ts-expect-error in a variable too, where it says what it must satisfy
    input: { ...task, Nmae: "a" },
  } satisfies CreateContactRequest,
  // @ts-expect-error there is no such lane
  new ContactRequestProducer({ lane: "fast" }),
];
