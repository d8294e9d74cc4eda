import { cdkMetadata } from "./cdk-metadata.ts";
import { cloudWatchAlarm } from "./cloudwatch-alarm.ts";
import { cloudWatchDashboard } from "./cloudwatch-dashboard.ts";
import { dynamoDbTable } from "./dynamodb-table.ts";
import { eventsEventBus } from "./events-event-bus.ts";
import { eventsRule } from "./events-rule.ts";
import { iamManagedPolicy } from "./iam-managed-policy.ts";
import { iamPolicy } from "./iam-policy.ts";
import { iamRole } from "./iam-role.ts";
import { kmsAlias } from "./kms-alias.ts";
import { kmsKey } from "./kms-key.ts";
import { lambdaEventSourceMapping } from "./lambda-event-source-mapping.ts";
import { lambdaFunction } from "./lambda-function.ts";
import { logsLogGroup } from "./logs-log-group.ts";
import type { ResourceType } from "./resource-type.ts";
import { s3Bucket } from "./s3-bucket.ts";
import { s3BucketPolicy } from "./s3-bucket-policy.ts";
import { snsSubscription } from "./sns-subscription.ts";
import { snsTopic } from "./sns-topic.ts";
import { snsTopicPolicy } from "./sns-topic-policy.ts";
import { sqsQueue } from "./sqs-queue.ts";
import { sqsQueuePolicy } from "./sqs-queue-policy.ts";
import { ssmParameter } from "./ssm-parameter.ts";
import { stepFunctionsStateMachine } from "./stepfunctions-state-machine.ts";

const ALL: readonly ResourceType[] = [
  cdkMetadata,
  cloudWatchAlarm,
  cloudWatchDashboard,
  dynamoDbTable,
  eventsEventBus,
  eventsRule,
  iamManagedPolicy,
  iamPolicy,
  iamRole,
  kmsAlias,
  kmsKey,
  lambdaEventSourceMapping,
  lambdaFunction,
  logsLogGroup,
  s3Bucket,
  s3BucketPolicy,
  snsSubscription,
  snsTopic,
  snsTopicPolicy,
  sqsQueue,
  sqsQueuePolicy,
  ssmParameter,
  stepFunctionsStateMachine,
];

/** Every resource type that the local runner knows, by CloudFormation's name of it. */
export const RESOURCE_TYPES: ReadonlyMap<string, ResourceType> = new Map(ALL.map((known) => [known.type, known]));
