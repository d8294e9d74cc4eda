import { Stack } from "aws-cdk-lib";
import type { Key } from "aws-cdk-lib/aws-kms";
import { ParameterTier, StringParameter } from "aws-cdk-lib/aws-ssm";
import { Construct } from "constructs";
import type { Settings } from "#shared/settings.ts";
import { type PublishedSettings as Published, settingsParameterName } from "#shared/settings-parameter.ts";
import { mostBytes } from "../most-bytes.ts";
import type { BackfillFeed } from "./backfill-feed.ts";
import type { BackfillStateMachine } from "./backfill-state-machine.ts";
import type { ContactWorker } from "./contact-worker.ts";
import type { PayloadBucket } from "./payload-bucket.ts";
import type { RequestQueues } from "./request-queues.ts";
import type { StateTable } from "./state-table.ts";

/** What a deployment consists of, as far as people work with it. */
export interface PublishedSettingsProps {
  readonly settings: Settings;
  readonly queues: readonly RequestQueues[];
  readonly workers: readonly ContactWorker[];
  readonly payloads: PayloadBucket;
  readonly state: StateTable;
  readonly key: Key;
  readonly feed: BackfillFeed;
  readonly backfills: BackfillStateMachine;
}

/** Of the tier that a value of more than 4,096 bytes moves to. https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html */
const MOST_BYTES = 8_192;

/**
 * The SSM parameter from which commands learn what the deployment is set to, and what its parts are called. It is
 * complete: a command that filled in defaults of its own would plan with those of another version.
 */
export class PublishedSettings extends Construct {
  readonly parameter: StringParameter;

  constructor(scope: Construct, id: string, props: PublishedSettingsProps) {
    super(scope, id);
    const value = Stack.of(this).toJsonString(published(props));
    const bytes = mostBytes(value, Stack.of(this));
    if (bytes > MOST_BYTES) {
      throw new Error(
        `The settings take up to ${bytes} bytes in their SSM parameter, which holds ${MOST_BYTES}. Name fewer instances or attachment buckets: make a second deployment for the others.`,
      );
    }
    this.parameter = new StringParameter(this, "Parameter", {
      parameterName: settingsParameterName(props.settings.prefix),
      description: "What this deployment of contact requests is set to, and what its parts are called",
      stringValue: value,
      // Most deployments stay within the 4,096 bytes that cost nothing; none has to fail over a few more.
      tier: ParameterTier.INTELLIGENT_TIERING,
    });
  }
}

function published({ queues, workers, payloads, state, key, feed, backfills, ...props }: PublishedSettingsProps) {
  const { senders: _senders, ...settings } = props.settings;
  const byOperation = <Value>(each: readonly (readonly [string, Value])[]): Record<string, Value> =>
    Object.fromEntries(each);
  return {
    settings,
    queueUrls: byOperation(
      queues.map(({ operation, live, backfill, deadLetters }) => [
        operation,
        { live: live.queueUrl, backfill: backfill.queueUrl, deadLetters: deadLetters.queueUrl },
      ]),
    ),
    workerNames: byOperation(workers.map((worker) => [worker.operation, worker.function.functionName])),
    stateTableName: state.table.tableName,
    payloadBucketName: payloads.bucket.bucketName,
    keyArn: key.keyArn,
    stateMachineArn: backfills.stateMachine.stateMachineArn,
    feedFunctionName: feed.function.functionName,
  } satisfies Published;
}
