import { type Message, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import type { RunningSystem } from "./a-local-system.ts";
import { until } from "./until.ts";

/** The next message of a queue, with all of its attributes, when it has come. */
export async function received({ system, sqs }: RunningSystem, queueName: string): Promise<Message> {
  return await until(`a message in ${queueName}`, async () => {
    const { Messages } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: system.queueUrls[queueName],
        MessageAttributeNames: ["All"],
        MessageSystemAttributeNames: ["All"],
        WaitTimeSeconds: 1,
      }),
    );
    return Messages?.[0];
  });
}
