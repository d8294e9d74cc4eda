import { SQSClient } from "@aws-sdk/client-sqs";
import { requireProfile } from "./aws-profile.ts";
import type { OutgoingMessage } from "./batch.ts";
import { endpointUrl } from "./endpoint-url.ts";
import { OperationQueues } from "./operation-queues.ts";

/** Which deployment is meant, as options of the command line say it. */
export interface DeploymentOptions {
  readonly prefix: string;
  readonly endpointUrl?: string;
  readonly region?: string;
  readonly profile?: string;
}

const ignore = (): void => undefined;

/** What the SDK has to say, such as that a profile and keys are set, is said by the errors that matter. */
const SILENT = { trace: ignore, debug: ignore, info: ignore, warn: ignore, error: ignore };

/** The live queues of a deployment. Rejects with a CommandError for a profile or an address that is none. */
export async function openQueues<Message extends OutgoingMessage>(
  options: DeploymentOptions,
): Promise<OperationQueues<Message>> {
  const { prefix, region, profile } = options;
  const endpoint = endpointUrl(options.endpointUrl);
  if (profile !== undefined) await requireProfile(profile);
  const sqs = new SQSClient({
    logger: SILENT,
    ...(options.endpointUrl !== undefined && { endpoint: options.endpointUrl }),
    ...(region !== undefined && { region }),
    ...(profile !== undefined && { profile }),
  });
  return new OperationQueues<Message>(sqs, { prefix, ...(endpoint !== undefined && { endpoint }) });
}
