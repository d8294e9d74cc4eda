import { PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { type MessageAttributeValue, SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { FailureReport } from "../failures/failure-report.ts";
import { deadLetter } from "../worker/dead-letter.ts";
import type { Delivery, MessageAttribute } from "../worker/delivery.ts";
import type { DeadLetters } from "../worker/ports/dead-letters.ts";

interface Destination {
  readonly queueUrl: string;
  /** The bucket for what SQS cannot take. */
  readonly payloadBucket: string;
}

/** The dead-letter queue of an operation. */
export class SqsDeadLetters implements DeadLetters {
  readonly #sqs: SQSClient;
  readonly #s3: S3Client;
  readonly #to: Destination;

  constructor(sqs: SQSClient, s3: S3Client, to: Destination) {
    this.#sqs = sqs;
    this.#s3 = s3;
    this.#to = to;
  }

  async send(delivery: Delivery, report: FailureReport): Promise<void> {
    const letter = deadLetter(delivery, report, this.#to.payloadBucket);
    for (const { key, content, contentType } of letter.objects) {
      await this.#s3.send(
        new PutObjectCommand({ Bucket: this.#to.payloadBucket, Key: key, Body: content, ContentType: contentType }),
      );
    }
    await this.#sqs.send(
      new SendMessageCommand({
        QueueUrl: this.#to.queueUrl,
        MessageBody: letter.body,
        MessageAttributes: Object.fromEntries(
          Object.entries(letter.messageAttributes).map(([name, value]) => [name, toSdk(value)]),
        ),
        MessageGroupId: letter.groupId,
      }),
    );
  }
}

const toSdk = (attribute: MessageAttribute): MessageAttributeValue =>
  "stringValue" in attribute
    ? { DataType: attribute.dataType, StringValue: attribute.stringValue }
    : { DataType: attribute.dataType, BinaryValue: attribute.binaryValue };
