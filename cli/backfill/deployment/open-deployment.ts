import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import { SQSClient } from "@aws-sdk/client-sqs";
import type { StateTableAccess } from "#shared/aws/dynamodb-ledger-store.ts";
import type { PublishedSettings } from "#shared/settings-parameter.ts";
import { type AwsAccess, awsAccess } from "./aws-access.ts";
import { CALL_PATIENCE } from "./call-patience.ts";
import type { DeploymentOptions } from "./deployment-options.ts";
import type { CallPlace } from "./explain-aws-error.ts";
import { readPublishedSettings } from "./published-settings.ts";
import { s3Settings } from "./s3-settings.ts";

/** A deployment that backfills work with. */
export interface OpenDeployment {
  readonly access: AwsAccess;
  /** For the explanation of errors. */
  readonly place: CallPlace;
  readonly published: PublishedSettings;
  readonly s3: S3Client;
  readonly sqs: SQSClient;
  readonly table: StateTableAccess;
}

/** Finds a deployment by the settings that it publishes. Rejects with a CommandError where there is none, or no access to it. */
export async function openDeployment(options: DeploymentOptions): Promise<OpenDeployment> {
  const access = await awsAccess(options);
  const published = await readPublishedSettings(access, options.prefix);
  const client = { ...access.client, ...CALL_PATIENCE };
  return {
    access,
    place: { prefix: options.prefix, ...(access.endpoint !== undefined && { endpoint: access.endpoint }) },
    published,
    s3: new S3Client({ ...s3Settings(access), ...CALL_PATIENCE }),
    sqs: new SQSClient(client),
    table: { dynamodb: new DynamoDBClient(client), tableName: published.stateTableName },
  };
}
