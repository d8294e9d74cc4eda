import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { SendMessageBatchCommand, SQSClient } from "@aws-sdk/client-sqs";

// A program of its own, as somebody would write it: bodies, one a line, to a queue, ten at a time.

const [file = "", QueueUrl = "", group = ""] = process.argv.slice(2);
const sqs = new SQSClient();

async function send(bodies: readonly string[]): Promise<void> {
  if (bodies.length === 0) return;
  const Entries = bodies.map((MessageBody, index) => ({ Id: String(index), MessageBody, MessageGroupId: group }));
  const { Failed = [] } = await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
  if (Failed.length > 0) throw new Error(`${Failed.length} messages were not taken.`);
}

let batch: string[] = [];
for await (const line of createInterface({ input: createReadStream(file) })) {
  batch.push(line);
  if (batch.length < 10) continue;
  await send(batch);
  batch = [];
}
await send(batch);
