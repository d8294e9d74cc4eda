import type { MessageAttributeValue } from "@aws-sdk/client-sqs";
import type { Publication } from "./publication.ts";

export interface NotificationPlace {
  readonly messageId: string;
  readonly topicArn: string;
  readonly subscriptionArn: string;
  /** Epoch milliseconds. */
  readonly nowMs: number;
}

/** Nobody signs on one machine: the member is there, in the form it has, and no certificate verifies it. */
const NO_SIGNATURE = Buffer.from("not signed: this topic is on one machine").toString("base64");

/**
 * The body that a queue gets without raw delivery, with AWS's members in AWS's order.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html
 */
export function notification(publication: Publication, place: NotificationPlace): string {
  const { message, subject, attributes } = publication;
  const host = `https://sns.${place.topicArn.split(":")[3]}.amazonaws.com`;
  const shown = Object.entries(attributes).map(([name, value]) => [name, shownAttribute(value)] as const);
  return JSON.stringify({
    Type: "Notification",
    MessageId: place.messageId,
    TopicArn: place.topicArn,
    ...(subject !== undefined && { Subject: subject }),
    Message: message,
    Timestamp: new Date(place.nowMs).toISOString(),
    SignatureVersion: "1",
    Signature: NO_SIGNATURE,
    SigningCertURL: `${host}/SimpleNotificationService-${"0".repeat(32)}.pem`,
    UnsubscribeURL: `${host}/?Action=Unsubscribe&SubscriptionArn=${place.subscriptionArn}`,
    ...(shown.length > 0 && { MessageAttributes: Object.fromEntries(shown) }),
  });
}

const shownAttribute = ({ DataType, StringValue, BinaryValue }: MessageAttributeValue) => ({
  Type: DataType,
  Value: StringValue ?? Buffer.from(BinaryValue ?? []).toString("base64"),
});
