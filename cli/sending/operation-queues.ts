import type { SQSClient } from "@aws-sdk/client-sqs";
import type { OutgoingMessage } from "#producer/outgoing-message.ts";
import type { BatchQueue, EntryAnswer } from "#producer/send-batch.ts";
import { SqsQueue } from "#producer/sqs-queue.ts";
import type { Operation } from "#shared/contract/operation.ts";
import { type Lane, queueName } from "#shared/contract/queue-name.ts";
import type { CommandError } from "../command-error.ts";
import { noAccess, type QueuePlace } from "./no-access.ts";

export interface Deployment {
  /** Begins the names of its queues. */
  readonly prefix: string;
  readonly lane: Lane;
  /** The address that stands in for AWS, if one was given. */
  readonly endpoint?: string;
}

/**
 * The queues of a deployment's lane, each found when it is needed first. Where one of them cannot be used, no message is sent
 * any more: all that are left are answered with the refusal as their error.
 */
export class OperationQueues {
  readonly #sqs: SQSClient;
  readonly #deployment: Deployment;
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

  of(operation: Operation): BatchQueue {
    return this.#queues.get(operation) ?? this.#open(operation);
  }

  #open(operation: Operation): BatchQueue {
    const { prefix, lane, endpoint } = this.#deployment;
    const name = queueName(prefix, operation, lane);
    const queue = new SqsQueue(this.#sqs, { name });
    const place = { queueName: name, ...(endpoint !== undefined && { endpoint }) };
    const sendBatch: BatchQueue["sendBatch"] = async (messages, signal) =>
      this.#refusal === undefined
        ? this.#withoutAccess(await queue.sendBatch(messages, signal), place)
        : noneSent(messages, this.#refusal);
    this.#queues.set(operation, { sendBatch });
    return { sendBatch };
  }

  /** The answers as they are, or those of a queue that cannot be used. */
  #withoutAccess(answers: readonly EntryAnswer[], place: QueuePlace): readonly EntryAnswer[] {
    const errors = answers.flatMap((answer) => (answer.kind === "failed" ? [noAccess(answer.error, place)] : []));
    const refusal = errors.find((error) => error !== undefined);
    if (refusal === undefined) return answers;
    this.#refusal = refusal;
    return noneSent(answers, refusal);
  }
}

const noneSent = (
  messages: readonly (OutgoingMessage | EntryAnswer)[],
  refusal: CommandError,
): readonly EntryAnswer[] =>
  messages.map(() => ({ kind: "failed", reason: refusal.message, isFinal: true, error: refusal }));
