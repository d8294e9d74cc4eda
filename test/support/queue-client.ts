import {
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import * as z from "zod";
import type { LocalSystem } from "#local/start-local-system.ts";
import type { Operation } from "#shared/contract/operation.ts";
import { type Lane, type QueueRole, queueName } from "#shared/contract/queue-name.ts";

/** What a test reads of the attribute ContactRequestFailure. */
const reasonSchema = z.looseObject({
  code: z.string(),
  kind: z.string(),
  message: z.string(),
  requestId: z.string().nullable(),
  contact: z.enum(["none", "unknown"]),
});

export interface ReadDeadLetter {
  readonly reason: z.infer<typeof reasonSchema>;
  readonly message: Message;
}

/** An upstream, and a person who looks at the dead letters, with an SQS client. */
export class QueueClient {
  readonly #system: LocalSystem;
  readonly #sqs: SQSClient;

  constructor(system: LocalSystem) {
    this.#system = system;
    this.#sqs = new SQSClient({
      endpoint: system.endpoint,
      region: "us-east-1",
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
    });
  }

  urlOf(operation: Operation, role: QueueRole): string {
    const url = this.#system.queueUrls[queueName("contact-requests", operation, role)];
    if (url === undefined) throw new Error(`The local system has no ${role} queue for ${operation}.`);
    return url;
  }

  /** Sends bodies to the operation's queue of this lane, ten at a time. */
  async send(operation: Operation, bodies: readonly string[], lane: Lane = "live"): Promise<void> {
    for (let first = 0; first < bodies.length; first += 10) {
      const batch = bodies.slice(first, first + 10);
      const { Failed = [] } = await this.#sqs.send(
        new SendMessageBatchCommand({
          QueueUrl: this.urlOf(operation, lane),
          Entries: batch.map((MessageBody, index) => ({ Id: String(index), MessageBody })),
        }),
      );
      if (Failed.length > 0) throw new Error(`SQS did not take ${Failed.length} messages: ${Failed[0]?.Message}`);
    }
  }

  /** Takes all dead letters of an operation out of their queue. */
  async takeDeadLetters(operation: Operation): Promise<ReadDeadLetter[]> {
    const letters: ReadDeadLetter[] = [];
    for (;;) {
      const { Messages = [] } = await this.#sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: this.urlOf(operation, "dead-letters"),
          MaxNumberOfMessages: 10,
          MessageAttributeNames: ["All"],
          MessageSystemAttributeNames: ["All"],
        }),
      );
      if (Messages.length === 0) return letters;
      for (const message of Messages) {
        const reason = message.MessageAttributes?.["ContactRequestFailure"]?.StringValue ?? "null";
        letters.push({ message, reason: reasonSchema.parse(JSON.parse(reason)) });
        await this.#sqs.send(
          new DeleteMessageCommand({
            QueueUrl: this.urlOf(operation, "dead-letters"),
            ReceiptHandle: message.ReceiptHandle,
          }),
        );
      }
    }
  }
}
