import { Duration, RemovalPolicy } from "aws-cdk-lib";
import { Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Architecture, Code, Function as LambdaFunction, Runtime } from "aws-cdk-lib/aws-lambda";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import { FEED_ENV } from "#shared/env-of-feed.ts";
import type { Settings } from "#shared/settings.ts";
import { acknowledge } from "../acknowledge.ts";
import type { PayloadBucket } from "./payload-bucket.ts";
import type { RequestQueues } from "./request-queues.ts";
import type { StateTable } from "./state-table.ts";

export interface BackfillFeedProps {
  readonly settings: Settings;
  /** The directory of the function's bundle. */
  readonly bundle: string;
  /** Of every operation. */
  readonly queues: readonly RequestQueues[];
  readonly payloads: PayloadBucket;
  readonly state: StateTable;
}

/** A range takes some seconds. The rest is for queues that throttle: what is not sent by then is fed again. */
const TIMEOUT = Duration.minutes(5);

/** The function that feeds a range of a backfill's file to its queue, or ends a run, with the rights for just that. */
export class BackfillFeed extends Construct {
  readonly function: LambdaFunction;
  readonly timeout = TIMEOUT;

  constructor(scope: Construct, id: string, { settings, bundle, queues, payloads, state }: BackfillFeedProps) {
    super(scope, id);
    const functionName = `${settings.prefix}-feed-backfill`;
    const logGroup = new LogGroup(this, "Logs", {
      logGroupName: `/aws/lambda/${functionName}`,
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    const role = new Role(this, "Role", { assumedBy: new ServicePrincipal("lambda.amazonaws.com") });
    logGroup.grantWrite(role);

    this.function = new LambdaFunction(this, "Function", {
      functionName,
      description: "Sends the rows of a range of a backfill's file to their queue, and marks the job when all are sent",
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      // A row may have 6 MiB, and some are under way at once.
      memorySize: 512,
      timeout: TIMEOUT,
      handler: "index.handler",
      code: Code.fromAsset(bundle),
      role,
      logGroup,
    });
    const urls = queues.map(({ operation, backfill }) => [operation, backfill.queueUrl]);
    this.function.addEnvironment(FEED_ENV.backfillQueueUrls, this.#json(Object.fromEntries(urls)));
    for (const each of queues) each.grantFeed(this.function);
    payloads.grantFeed(this.function);
    state.grantFeed(this.function);
    acknowledge(this, {
      "Serverless-LambdaDLQ":
        "Nothing invokes the function asynchronously: a range that fails stays with its state machine.",
      "Serverless-LambdaTracing": "Its one caller keeps the time, the input and the outcome of each invocation.",
    });
  }

  #json(value: unknown): string {
    return this.function.stack.toJsonString(value);
  }
}
