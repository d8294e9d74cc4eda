import * as z from "zod";
import type { Call } from "../call.ts";
import type { CallPlace } from "../call-place.ts";
import { access, unknown, type Wanted, wants } from "../wanted.ts";
import { jsonBody } from "./json-body.ts";

const named = z.looseObject({
  QueueUrl: z.string().optional(),
  QueueName: z.string().optional(),
  QueueOwnerAWSAccountId: z.string().optional(),
});

/** A batch needs the right to do the one thing. */
const ON_A_QUEUE: ReadonlyMap<string, string> = new Map([
  ["ChangeMessageVisibility", "ChangeMessageVisibility"],
  ["ChangeMessageVisibilityBatch", "ChangeMessageVisibility"],
  ["CreateQueue", "CreateQueue"],
  ["DeleteMessage", "DeleteMessage"],
  ["DeleteMessageBatch", "DeleteMessage"],
  ["DeleteQueue", "DeleteQueue"],
  ["GetQueueAttributes", "GetQueueAttributes"],
  ["GetQueueUrl", "GetQueueUrl"],
  ["ListDeadLetterSourceQueues", "ListDeadLetterSourceQueues"],
  ["ListQueueTags", "ListQueueTags"],
  ["PurgeQueue", "PurgeQueue"],
  ["ReceiveMessage", "ReceiveMessage"],
  ["SendMessage", "SendMessage"],
  ["SendMessageBatch", "SendMessage"],
  ["SetQueueAttributes", "SetQueueAttributes"],
  ["TagQueue", "TagQueue"],
  ["UntagQueue", "UntagQueue"],
]);

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsqs.html */
export function wantedOfSqs(call: Call, { region, accountId }: CallPlace): Wanted {
  const operation = call.header("x-amz-target")?.split(".")[1] ?? "";
  if (operation === "ListQueues") return wants(access("sqs:ListQueues", "*"));
  const action = ON_A_QUEUE.get(operation);
  const body = jsonBody(call, named);
  if (action === undefined || body === undefined) {
    return unknown(`The local runner does not know which rights ${operation || "this request"} takes in SQS.`);
  }
  const [account, name] =
    body.QueueUrl === undefined ? [body.QueueOwnerAWSAccountId, body.QueueName] : inUrl(body.QueueUrl);
  if (name === undefined || name === "")
    return unknown("The request names no queue, neither by QueueUrl nor QueueName.");
  return wants(access(`sqs:${action}`, `arn:aws:sqs:${region}:${account ?? accountId}:${name}`));
}

/** `…/ACCOUNT/NAME` */
const inUrl = (url: string): (string | undefined)[] => url.split("/").slice(-2);
