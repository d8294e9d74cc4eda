import { GetQueueUrlCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { CommandError } from "../command-error.ts";
import { noAccess, type QueuePlace } from "./no-access.ts";
import { SqsQueue } from "./sqs-queue.ts";

/** The queue of this name. Rejects with a CommandError that says what to do when there is none, or no access to it. */
export async function findQueue(sqs: SQSClient, place: QueuePlace): Promise<SqsQueue> {
  try {
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: place.queueName }));
    if (QueueUrl !== undefined) return new SqsQueue(sqs, QueueUrl, place);
  } catch (error) {
    throw noAccess(error, place) ?? notFound(place, error);
  }
  throw notFound(place, undefined);
}

function notFound({ queueName }: QueuePlace, cause: unknown): CommandError {
  const reason = cause instanceof Error ? `${cause.name}: ${cause.message}` : "SQS gave no address";
  return new CommandError(`The queue ${queueName} cannot be found (${reason}). Try again, or check --endpoint-url.`, {
    cause,
  });
}
