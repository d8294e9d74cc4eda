import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import { SQSClient } from "@aws-sdk/client-sqs";
import type { StateTableAccess } from "#shared/aws/dynamodb-ledger-store.ts";
import type { PublishedSettings } from "#shared/settings-parameter.ts";
import { type AwsAccess, awsAccess } from "./aws-access.ts";
import type { DeploymentOptions } from "./deployment-options.ts";
import type { CallPlace } from "./explain-aws-error.ts";
import { readPublishedSettings } from "./published-settings.ts";
import { uploadClient } from "./upload-client.ts";

/** A deployment that backfills work with. */
export interface OpenDeployment {
  readonly access: AwsAccess;
  /** For the explanation of errors. */
  readonly place: CallPlace;
  readonly published: PublishedSettings;
  readonly s3: S3Client;
  /** For files of any size. */
  readonly uploads: S3Client;
  readonly sqs: SQSClient;
  readonly table: StateTableAccess;
}

/** What is under way may take as long as AWS takes on a bad day. */
const PATIENCE = {
  maxAttempts: 5,
  requestHandler: { connectionTimeout: 5_000, requestTimeout: 30_000, throwOnRequestTimeout: true },
};

/** Finds a deployment by the settings that it publishes. Rejects with a CommandError where there is none, or no access to it. */
export async function openDeployment(options: DeploymentOptions): Promise<OpenDeployment> {
  const access = await awsAccess(options);
  const published = await readPublishedSettings(access, options.prefix);
  const client = { ...access.client, ...PATIENCE };
  return {
    access,
    place: { prefix: options.prefix, ...(access.endpoint !== undefined && { endpoint: access.endpoint }) },
    published,
    s3: new S3Client({ ...client, ...s3Options(access) }),
    uploads: uploadClient(access),
    sqs: new SQSClient(client),
    table: { dynamodb: new DynamoDBClient(client), tableName: published.stateTableName },
  };
}

/** What stands in for AWS answers at one address and not at one for each bucket. */
const s3Options = ({ endpoint }: AwsAccess) => ({ forcePathStyle: endpoint !== undefined });
