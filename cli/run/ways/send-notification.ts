import { GetQueueUrlCommand, SendMessageCommand } from "@aws-sdk/client-sqs";
import * as z from "zod";
import { OPERATIONS } from "#shared/contract/operation.ts";
import { queueName } from "#shared/contract/queue-name.ts";
import { DEFAULT_PREFIX } from "../../default-prefix.ts";
import type { LocalClients } from "./local-clients.ts";
import { sampleFile } from "./sample-file.ts";
import type { SentByWay } from "./way-in.ts";

const notification = z.object({ Message: z.string() });
const published = z.object({ requestId: z.string(), operation: z.enum(OPERATIONS) });

/** Puts the sample notification on the queue, as SNS does for a topic without raw delivery. */
export async function sendNotification({ sqs }: LocalClients): Promise<SentByWay> {
  const body = await sampleFile("notification.json");
  const { Message } = notification.parse(JSON.parse(body));
  const { operation, requestId } = published.parse(JSON.parse(Message));
  const { QueueUrl } = await sqs.send(
    new GetQueueUrlCommand({ QueueName: queueName(DEFAULT_PREFIX, operation, "live") }),
  );
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: body }));
  return { way: "notification", operation, requestId };
}
