import type { SQSMessageAttribute, SQSRecord } from "aws-lambda";
import { laneOfQueue } from "#shared/contract/queue-name.ts";
import type { Delivery, MessageAttribute, MessageAttributes } from "#shared/worker/delivery.ts";

/** One record of Lambda's SQS event, in the worker's terms. https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html */
export function toDelivery(record: SQSRecord): Delivery {
  const { attributes } = record;
  const queue = record.eventSourceARN.slice(record.eventSourceARN.lastIndexOf(":") + 1);
  return {
    messageId: record.messageId,
    body: record.body,
    messageAttributes: toMessageAttributes(record.messageAttributes),
    ...(attributes.MessageGroupId !== undefined && { groupId: attributes.MessageGroupId }),
    queue,
    lane: laneOfQueue(queue),
    sentAtMs: Number(attributes.SentTimestamp),
    firstReceivedAtMs: Number(attributes.ApproximateFirstReceiveTimestamp),
    receiveCount: Number(attributes.ApproximateReceiveCount),
  };
}

function toMessageAttributes(attributes: SQSRecord["messageAttributes"]): MessageAttributes {
  return Object.fromEntries(Object.entries(attributes).map(([name, attribute]) => [name, toAttribute(attribute)]));
}

function toAttribute({ dataType, stringValue, binaryValue }: SQSMessageAttribute): MessageAttribute {
  if (typeof binaryValue === "string") return { dataType, binaryValue: Buffer.from(binaryValue, "base64") };
  return { dataType, stringValue: stringValue ?? "" };
}
