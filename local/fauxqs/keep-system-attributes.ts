import type { buildApp } from "fauxqs";
import * as z from "zod";
import type { FauxqsStores } from "./fauxqs-stores.ts";

/**
 * fauxqs drops MessageGroupId and AWSTraceHeader of messages on standard queues. They are kept here beside the map of
 * message attributes, which fauxqs stores as the object that it was given, so they follow the message wherever fauxqs
 * moves it, into a dead-letter queue too, and are forgotten with it.
 */
export function keepSystemAttributes(app: ReturnType<typeof buildApp>, sqsStore: FauxqsStores["sqsStore"]): void {
  const kept = new WeakMap<object, SystemAttributes>();

  app.addHook("preHandler", (request, _reply, done) => {
    const target = request.headers["x-amz-target"];
    if (target === "AmazonSQS.SendMessage") keepOf(request.body, kept);
    if (target === "AmazonSQS.SendMessageBatch") {
      for (const entry of batch.safeParse(request.body).data?.Entries ?? []) keepOf(entry, kept);
    }
    done();
  });

  app.addHook("preSerialization", (request, _reply, payload, done) => {
    if (request.headers["x-amz-target"] === "AmazonSQS.ReceiveMessage") {
      const asked = receiveRequest.safeParse(request.body).data;
      const inFlight = sqsStore.getQueue(asked?.QueueUrl ?? "")?.inflightMessages;
      for (const received of receiveAnswer.safeParse(payload).data?.Messages ?? []) {
        const message = inFlight?.get(received.ReceiptHandle)?.message;
        const attributes = onlyAsked(message && kept.get(message.messageAttributes), asked);
        if (attributes.length > 0) received.Attributes = { ...received.Attributes, ...Object.fromEntries(attributes) };
      }
    }
    done(null, payload);
  });
}

type SystemAttributes = Readonly<Record<string, string>>;

/** `z.custom` and not a shape: zod would copy the objects, and it is their identity that counts here. */
const anObject = z.custom<Record<string, unknown>>((value) => typeof value === "object" && value !== null);
const batch = z.looseObject({ Entries: z.array(anObject) });
const sent = z.looseObject({
  MessageGroupId: z.string().optional(),
  MessageSystemAttributes: z
    .looseObject({ AWSTraceHeader: z.looseObject({ StringValue: z.string() }).optional() })
    .optional(),
});
const receiveRequest = z.looseObject({
  QueueUrl: z.string(),
  AttributeNames: z.array(z.string()).default([]),
  MessageSystemAttributeNames: z.array(z.string()).default([]),
});
const receiveAnswer = z.looseObject({
  Messages: z.array(
    z.custom<{ ReceiptHandle: string; Attributes?: SystemAttributes }>((value) => anObject.safeParse(value).success),
  ),
});

function keepOf(message: unknown, kept: WeakMap<object, SystemAttributes>): void {
  const { MessageGroupId, MessageSystemAttributes } = sent.safeParse(message).data ?? {};
  const AWSTraceHeader = MessageSystemAttributes?.AWSTraceHeader?.StringValue;
  const entry = anObject.safeParse(message).data;
  if (entry === undefined || (MessageGroupId === undefined && AWSTraceHeader === undefined)) return;
  entry["MessageAttributes"] ??= {};
  const attributes = anObject.safeParse(entry["MessageAttributes"]).data;
  if (attributes === undefined) return;
  kept.set(attributes, {
    ...(MessageGroupId === undefined ? {} : { MessageGroupId }),
    ...(AWSTraceHeader === undefined ? {} : { AWSTraceHeader }),
  });
}

function onlyAsked(
  attributes: SystemAttributes = {},
  asked: z.infer<typeof receiveRequest> | undefined,
): (readonly [string, string])[] {
  const names = [...(asked?.AttributeNames ?? []), ...(asked?.MessageSystemAttributeNames ?? [])];
  return Object.entries(attributes).filter(([name]) => names.includes(name) || names.includes("All"));
}
