import { SQSClient } from "@aws-sdk/client-sqs";
import type { PayloadStore } from "#producer/payload-store.ts";
import { S3PayloadStore } from "#producer/s3-payload-store.ts";
import type { Lane } from "#shared/contract/queue-name.ts";
import { requireProfile } from "./aws-profile.ts";
import { endpointUrl } from "./endpoint-url.ts";
import { OperationQueues } from "./operation-queues.ts";

/** Which deployment is meant, as options of the command line say it. */
export interface DeploymentOptions {
  readonly prefix: string;
  readonly lane: Lane;
  readonly endpointUrl?: string;
  readonly region?: string;
  readonly profile?: string;
  /** Empty, as a variable of the environment may be, is as good as none. */
  readonly payloadBucket?: string;
}

export interface OpenDeployment {
  readonly queues: OperationQueues;
  /** Where a payload bucket was named. */
  readonly payloads?: PayloadStore;
}

const ignore = (): void => undefined;

/** What the SDK has to say, such as that a profile and keys are set, is said by the errors that matter. */
const SILENT = { trace: ignore, debug: ignore, info: ignore, warn: ignore, error: ignore };

/** A deployment to send to. Rejects with a CommandError for a profile or an address that is none. */
export async function openDeployment(options: DeploymentOptions): Promise<OpenDeployment> {
  const { prefix, lane, region, profile, payloadBucket = "" } = options;
  const endpoint = endpointUrl(options.endpointUrl);
  if (profile !== undefined) await requireProfile(profile);
  const client = {
    logger: SILENT,
    ...(options.endpointUrl !== undefined && { endpoint: options.endpointUrl }),
    ...(region !== undefined && { region }),
    ...(profile !== undefined && { profile }),
  };
  const queues = new OperationQueues(new SQSClient(client), {
    prefix,
    lane,
    ...(endpoint !== undefined && { endpoint }),
  });
  if (payloadBucket === "") return { queues };
  // Not for everybody: it takes longer to load than all else together.
  const { S3Client } = await import("@aws-sdk/client-s3");
  // What stands in for AWS answers at one address and not at one for each bucket.
  const s3 = new S3Client({ ...client, forcePathStyle: endpoint !== undefined });
  return { queues, payloads: new S3PayloadStore(payloadBucket, s3) };
}
