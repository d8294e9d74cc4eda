import { SendMessageBatchCommand } from "@aws-sdk/client-sqs";
import type { RunningSystem } from "./a-local-system.ts";

/** Sends bodies to the queue `work`, ten at a time, and gives their message ids in order. */
export async function send({ system, sqs }: RunningSystem, bodies: readonly string[]): Promise<string[]> {
  const ids: string[] = [];
  for (let start = 0; start < bodies.length; start += 10) {
    const Entries = bodies.slice(start, start + 10).map((MessageBody, index) => ({ Id: String(index), MessageBody }));
    const answer = await sqs.send(new SendMessageBatchCommand({ QueueUrl: system.queueUrls["work"], Entries }));
    for (const { Id } of Entries) ids.push(answer.Successful?.find((sent) => sent.Id === Id)?.MessageId ?? "");
  }
  return ids;
}
