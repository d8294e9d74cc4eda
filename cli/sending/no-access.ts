import { accessProblem } from "#producer/access-problem.ts";
import { CommandError } from "../command-error.ts";

/** How a queue was looked for. */
export interface QueuePlace {
  readonly queueName: string;
  /** The address that stands in for AWS, if one was given. */
  readonly endpoint?: string;
}

const LOCAL_ADDRESS = "http://127.0.0.1:4566";

/** What to tell people about an error after which nothing can be sent; nothing for an error that may pass. */
export function noAccess(error: unknown, place: QueuePlace): CommandError | undefined {
  if (!(error instanceof Error)) return undefined;
  const message = sentence(error, place);
  return message === undefined ? undefined : new CommandError(message, { cause: error });
}

function sentence(error: Error, { queueName, endpoint }: QueuePlace): string | undefined {
  const problem = accessProblem(error);
  switch (problem) {
    case undefined:
      return undefined;
    case "no-queue":
      return `There is no queue ${queueName} in this account and Region. Deploy the system first, or say which deployment is meant with --prefix, and where it is with --region or --profile.`;
    case "no-rights":
      return `These credentials may not send to the queue ${queueName}: they need sqs:GetQueueUrl and sqs:SendMessage on it, and kms:GenerateDataKey and kms:Decrypt on its key (${error.message}).`;
    case "no-credentials":
      return `There are no valid AWS credentials for the queue ${queueName} (${error.name}: ${error.message}). Give --profile, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; the local system takes any values.`;
    case "no-region":
      return "No valid AWS Region is set. Give --region, or set AWS_REGION; the local system is in us-east-1.";
    case "unreachable":
      return unreachable("code" in error ? String(error.code) : "no code", endpoint);
  }
}

function unreachable(code: string, endpoint: string | undefined): string {
  if (endpoint !== undefined) {
    return `${endpoint} cannot be reached (${code}). Check the address in --endpoint-url or AWS_ENDPOINT_URL, and that something listens there.`;
  }
  return `Amazon SQS cannot be reached (${code}). No --endpoint-url is given, so this was meant for AWS: check the network and the Region. The local system is at --endpoint-url ${LOCAL_ADDRESS}.`;
}
