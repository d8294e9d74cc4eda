import type { SQSClient } from "@aws-sdk/client-sqs";
import type { Operation } from "#shared/contract/operation.ts";
import { queueName } from "#shared/contract/queue-name.ts";
import type { OutgoingMessage } from "./batch.ts";
import { findQueue } from "./find-queue.ts";
import { PATIENCE } from "./patience.ts";
import { QueueSender } from "./queue-sender.ts";
import type { Sending } from "./send-batch.ts";

export interface Deployment {
  /** Begins the names of its queues. */
  readonly prefix: string;
  /** The address that stands in for AWS, if one was given. */
  readonly endpoint?: string;
}

/** Sends messages to the live queues of a deployment, each found when it is needed first. */
export class OperationQueues<Message extends OutgoingMessage> {
  readonly #sqs: SQSClient;
  readonly #deployment: Deployment;
  readonly #senders = new Map<Operation, QueueSender<Message>>();

  constructor(sqs: SQSClient, deployment: Deployment) {
    this.#sqs = sqs;
    this.#deployment = deployment;
  }

  /** Gives what became of messages that this has decided. Rejects with a CommandError when there is no access. */
  async add(operation: Operation, message: Message): Promise<readonly Sending<Message>[]> {
    const sender = this.#senders.get(operation) ?? (await this.#open(operation));
    return sender.add(message);
  }

  /** Sends what is left in all queues. */
  async flush(): Promise<readonly Sending<Message>[]> {
    const sent: Sending<Message>[] = [];
    for (const sender of this.#senders.values()) sent.push(...(await sender.flush()));
    return sent;
  }

  async #open(operation: Operation): Promise<QueueSender<Message>> {
    const { prefix, ...where } = this.#deployment;
    const queue = await findQueue(this.#sqs, { ...where, queueName: queueName(prefix, operation, "live") });
    const sender = new QueueSender<Message>(queue, PATIENCE);
    this.#senders.set(operation, sender);
    return sender;
  }
}
