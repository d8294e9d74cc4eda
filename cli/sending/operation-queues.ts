import type { SQSClient } from "@aws-sdk/client-sqs";
import type { Operation } from "#shared/contract/operation.ts";
import { queueName } from "#shared/contract/queue-name.ts";
import { CommandError } from "../command-error.ts";
import type { OutgoingMessage } from "./batch.ts";
import { findQueue } from "./find-queue.ts";
import { PATIENCE } from "./patience.ts";
import { QueueSender } from "./queue-sender.ts";
import type { BatchQueue, EntryAnswer, Sending } from "./send-batch.ts";

export interface Deployment {
  /** Begins the names of its queues. */
  readonly prefix: string;
  /** The address that stands in for AWS, if one was given. */
  readonly endpoint?: string;
}

/**
 * Sends messages to the live queues of a deployment, each found when it is needed first. Where one of them cannot be used, no
 * message is sent any more: all that are left are answered with `no-access`.
 */
export class OperationQueues<Message extends OutgoingMessage> {
  readonly #sqs: SQSClient;
  readonly #deployment: Deployment;
  readonly #senders = new Map<Operation, QueueSender<Message>>();
  readonly #queues = new Map<Operation, BatchQueue>();
  #refusal: CommandError | undefined;

  constructor(sqs: SQSClient, deployment: Deployment) {
    this.#sqs = sqs;
    this.#deployment = deployment;
  }

  /** Why no message is sent any more, for people. */
  get refusal(): CommandError | undefined {
    return this.#refusal;
  }

  /** Gives what became of messages that this has decided. */
  async add(operation: Operation, message: Message): Promise<readonly Sending<Message>[]> {
    const sender = this.#senders.get(operation) ?? this.#open(operation);
    return sender.add(message);
  }

  /** Sends what is left in all queues. */
  async flush(): Promise<readonly Sending<Message>[]> {
    const sent: Sending<Message>[] = [];
    for (const sender of this.#senders.values()) sent.push(...(await sender.flush()));
    return sent;
  }

  #open(operation: Operation): QueueSender<Message> {
    const sendBatch: BatchQueue["sendBatch"] = async (messages) => this.#sendUnlessRefused(operation, messages);
    const sender = new QueueSender<Message>({ sendBatch }, PATIENCE);
    this.#senders.set(operation, sender);
    return sender;
  }

  async #sendUnlessRefused(
    operation: Operation,
    messages: readonly OutgoingMessage[],
  ): Promise<readonly EntryAnswer[]> {
    if (this.#refusal !== undefined) return noneSent(messages, this.#refusal);
    try {
      const queue = this.#queues.get(operation) ?? (await this.#find(operation));
      return await queue.sendBatch(messages);
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      this.#refusal = error;
      return noneSent(messages, error);
    }
  }

  async #find(operation: Operation): Promise<BatchQueue> {
    const { prefix, ...where } = this.#deployment;
    const queue = await findQueue(this.#sqs, { ...where, queueName: queueName(prefix, operation, "live") });
    this.#queues.set(operation, queue);
    return queue;
  }
}

const noneSent = (messages: readonly OutgoingMessage[], { message }: CommandError): readonly EntryAnswer[] =>
  messages.map(() => ({ kind: "no-access", reason: message }));
