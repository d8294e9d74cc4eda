import {
  GetQueueUrlCommand,
  SendMessageBatchCommand,
  type SendMessageBatchCommandOutput,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import { type AccessProblem, accessProblem } from "./access-problem.ts";
import { needsMending } from "./needs-mending.ts";
import { messageAttributes, type OutgoingMessage } from "./outgoing-message.ts";
import { reasonOf } from "./reason-of.ts";
import type { BatchQueue, EntryAnswer } from "./send-batch.ts";
import { unlessAborted } from "./unless-aborted.ts";

export interface QueuePlace {
  readonly name: string;
  /** Where it is known; otherwise SQS is asked for it. */
  readonly url?: string;
  /** Whose queue it is, where it is not the caller's own account. */
  readonly ownerAccountId?: string;
}

/** One queue in SQS, looked up when it is needed first. */
export class SqsQueue implements BatchQueue {
  readonly #sqs: SQSClient;
  readonly #place: QueuePlace;
  #url: Promise<string> | undefined;

  constructor(sqs: SQSClient, place: QueuePlace) {
    this.#sqs = sqs;
    this.#place = place;
  }

  async sendBatch(messages: readonly OutgoingMessage[], signal: AbortSignal): Promise<readonly EntryAnswer[]> {
    const Entries = messages.map(asEntry);
    try {
      const url = await unlessAborted(this.#findUrl(), signal);
      const command = new SendMessageBatchCommand({ QueueUrl: url, Entries });
      const answer = await this.#sqs.send(command, { abortSignal: signal });
      return Entries.map(({ Id }) => answerFor(Id, answer));
    } catch (error) {
      const answer = this.#failure(error);
      return Entries.map(() => answer);
    }
  }

  /** For all runs of sending that wait for it: none of them can abort it. */
  async #findUrl(): Promise<string> {
    const { name, url, ownerAccountId } = this.#place;
    if (url !== undefined) return url;
    this.#url ??= urlOf(this.#sqs, name, ownerAccountId).catch((error: unknown) => {
      this.#url = undefined;
      throw error;
    });
    return await this.#url;
  }

  #failure(error: unknown): EntryAnswer {
    const problem = accessProblem(error);
    if (problem === undefined) {
      return {
        kind: "failed",
        reason: `the call to SQS failed: ${reasonOf(error)}`,
        isFinal: needsMending(error),
        error,
      };
    }
    const reason = `the queue ${this.#place.name} cannot be used (${reasonOf(error)}): ${NEXT_STEP[problem]}`;
    return { kind: "failed", reason, isFinal: needsMending(error), error };
  }
}

const NEXT_STEP: Readonly<Record<AccessProblem, string>> = {
  "no-queue": "check the prefix, the account and the Region",
  "no-rights":
    "it takes sqs:GetQueueUrl and sqs:SendMessage on the queue, and kms:GenerateDataKey and kms:Decrypt on its key",
  "no-credentials": "the SQS client needs valid AWS credentials",
  "no-region": "the SQS client needs a Region: set AWS_REGION",
  unreachable: "check the network, the Region and the client's endpoint",
};

async function urlOf(sqs: SQSClient, name: string, ownerAccountId: string | undefined): Promise<string> {
  const { QueueUrl } = await sqs.send(
    new GetQueueUrlCommand({ QueueName: name, QueueOwnerAWSAccountId: ownerAccountId }),
  );
  if (QueueUrl === undefined) throw new Error("SQS gave no address for the queue.");
  return QueueUrl;
}

const asEntry = (message: OutgoingMessage, index: number) => ({
  Id: String(index),
  MessageBody: message.body,
  MessageGroupId: message.groupId,
  ...(message.payloadBytes !== undefined && { MessageAttributes: messageAttributes(message) }),
});

function answerFor(id: string, { Successful = [], Failed = [] }: SendMessageBatchCommandOutput): EntryAnswer {
  const sent = Successful.find(({ Id }) => Id === id);
  if (sent?.MessageId !== undefined) return { kind: "sent", messageId: sent.MessageId };
  const failure = Failed.find(({ Id }) => Id === id);
  if (failure === undefined) return { kind: "failed", reason: "SQS did not say what became of it", isFinal: false };
  const { Code = "no code", Message = "", SenderFault = false } = failure;
  return { kind: "failed", reason: `SQS answered ${Code}: ${Message}`, isFinal: SenderFault };
}
