import { SendMessageBatchCommand, type SendMessageBatchCommandOutput, type SQSClient } from "@aws-sdk/client-sqs";
import type { OutgoingMessage } from "./batch.ts";
import { noAccess, type QueuePlace } from "./no-access.ts";
import type { BatchQueue, EntryAnswer } from "./send-batch.ts";

/** One queue in SQS. Rejects with a CommandError when there is no access to it. */
export class SqsQueue implements BatchQueue {
  readonly #sqs: SQSClient;
  readonly #url: string;
  readonly #place: QueuePlace;

  constructor(sqs: SQSClient, url: string, place: QueuePlace) {
    this.#sqs = sqs;
    this.#url = url;
    this.#place = place;
  }

  async sendBatch(messages: readonly OutgoingMessage[]): Promise<readonly EntryAnswer[]> {
    const Entries = messages.map(({ body, groupId }, index) => ({
      Id: String(index),
      MessageBody: body,
      MessageGroupId: groupId,
    }));
    try {
      const answer = await this.#sqs.send(new SendMessageBatchCommand({ QueueUrl: this.#url, Entries }));
      return Entries.map(({ Id }) => answerFor(Id, answer));
    } catch (error) {
      const refusal = noAccess(error, this.#place);
      if (refusal !== undefined) throw refusal;
      return Entries.map(() => ({ kind: "failed", reason: reasonOf(error), isFinal: false }));
    }
  }
}

function answerFor(id: string, { Successful = [], Failed = [] }: SendMessageBatchCommandOutput): EntryAnswer {
  const sent = Successful.find(({ Id }) => Id === id);
  if (sent?.MessageId !== undefined) return { kind: "sent", messageId: sent.MessageId };
  const failure = Failed.find(({ Id }) => Id === id);
  if (failure === undefined) return { kind: "failed", reason: "SQS did not say what became of it", isFinal: false };
  const { Code = "no code", Message = "", SenderFault = false } = failure;
  return { kind: "failed", reason: `SQS answered ${Code}: ${Message}`, isFinal: SenderFault };
}

const reasonOf = (error: unknown): string =>
  error instanceof Error ? `the call to SQS failed: ${error.name}: ${error.message}` : "the call to SQS failed";
