import { DeleteMessageBatchCommand, type Message, ReceiveMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import * as z from "zod";
import { parseJsonText } from "#shared/envelopes/json-text.ts";
import { FAILURE_ATTRIBUTE } from "#shared/failures/failure-report.ts";

const reasonSchema = z.object({
  code: z.string(),
  message: z.string(),
  requestId: z.string().nullable(),
  issues: z.array(z.object({ path: z.string(), message: z.string() })).default([]),
});

/** Why a message is a dead letter, as the letter itself says. */
export type DeadLetterReason = z.output<typeof reasonSchema>;

/** A letter that the worker did not write. */
const NOT_SAID: DeadLetterReason = {
  code: "MovedBySqs",
  message:
    "SQS moved the message after its workers died again and again. See what they log with npm run local -- --verbose.",
  requestId: null,
  issues: [],
};

/** Takes all letters out of a dead-letter queue. */
export async function readDeadLetters(sqs: SQSClient, queueUrl: string): Promise<readonly DeadLetterReason[]> {
  const reasons: DeadLetterReason[] = [];
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: 10,
        MessageAttributeNames: [FAILURE_ATTRIBUTE],
      }),
    );
    if (Messages.length === 0) return reasons;
    reasons.push(...Messages.map(reasonOf));
    const Entries = Messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
    await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
  }
}

function reasonOf({ MessageAttributes = {} }: Message): DeadLetterReason {
  const json = parseJsonText(MessageAttributes[FAILURE_ATTRIBUTE]?.StringValue ?? "");
  return (json.ok ? reasonSchema.safeParse(json.value).data : undefined) ?? NOT_SAID;
}
