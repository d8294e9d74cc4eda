import { Duration, RemovalPolicy } from "aws-cdk-lib";
import { Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Architecture, Code, Function as LambdaFunction, Runtime } from "aws-cdk-lib/aws-lambda";
import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import type { Operation } from "#shared/contract/operation.ts";
import { ENV } from "#shared/env.ts";
import { functionTimeoutSeconds, type Settings, workerSettings } from "#shared/settings.ts";
import { acknowledge } from "../acknowledge.ts";
import { grantAttachments } from "../grant-attachments.ts";
import { grantConnectCalls } from "../grant-connect-calls.ts";
import type { ContactEventBus } from "./contact-event-bus.ts";
import type { PayloadBucket } from "./payload-bucket.ts";
import type { RequestQueues } from "./request-queues.ts";
import type { StateTable } from "./state-table.ts";

export interface ContactWorkerProps {
  readonly operation: Operation;
  readonly settings: Settings;
  /** The directory of the function's bundle. */
  readonly bundle: string;
  readonly queues: RequestQueues;
  readonly payloads: PayloadBucket;
  readonly state: StateTable;
  readonly events: ContactEventBus;
}

/** A payload of 32 MiB takes up to 300 MiB while it is read and parsed: docs/adr/0013-memory-of-a-worker.md. */
const MEMORY_MB = 512;

/** The function that turns the requests of one operation into contacts, with the rights for just that. */
export class ContactWorker extends Construct {
  readonly function: LambdaFunction;
  readonly operation: Operation;

  constructor(scope: Construct, id: string, props: ContactWorkerProps) {
    super(scope, id);
    this.operation = props.operation;
    const { operation, settings, queues, payloads, state, events } = props;
    const functionName = `${settings.prefix}-${operation}`;
    const logGroup = new LogGroup(this, "Logs", {
      logGroupName: `/aws/lambda/${functionName}`,
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    const role = new Role(this, "Role", { assumedBy: new ServicePrincipal("lambda.amazonaws.com") });
    logGroup.grantWrite(role);

    this.function = new LambdaFunction(this, "Function", {
      functionName,
      description: `Turns contact requests into contacts with ${operation}`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: MEMORY_MB,
      timeout: Duration.seconds(functionTimeoutSeconds(settings, operation)),
      handler: "index.handler",
      code: Code.fromAsset(props.bundle),
      role,
      logGroup,
      environment: {
        [ENV.connectInstanceArns]: JSON.stringify(settings.connectInstanceArns),
        [ENV.workerSettings]: JSON.stringify(workerSettings(settings, operation)),
      },
    });
    feed(this.function, queues, settings);
    queues.grantShowAgain(this.function);
    queues.grantDeadLetters(this.function);
    payloads.grantWork(this.function);
    state.grantWork(this.function, operation);
    events.grantTell(this.function);
    grantAttachments(this.function, operation, settings);
    grantConnectCalls(this.function, operation, settings.connectInstanceArns);
    acknowledge(this, {
      "Serverless-LambdaDLQ":
        "Nothing invokes the function asynchronously: its failures stay in the queue that feeds it.",
      "Serverless-LambdaEventSourceMappingDestination":
        "SQS mappings take no destination: the worker sends dead letters with their reasons, and the queue has a redrive policy.",
      "Serverless-LambdaTracing":
        "A trace costs more than a contact request, and the log lines carry requestId, duration and outcome of each.",
    });
  }
}

/** A mapping for each lane: the backfill's can be switched off, and its concurrency set, without touching live. */
function feed(worker: LambdaFunction, { live, backfill }: RequestQueues, settings: Settings): void {
  const { batchSize, maximumConcurrency, backfillMaximumConcurrency, backfillEnabled } = settings;
  const common = { batchSize, reportBatchItemFailures: true };
  worker.addEventSource(new SqsEventSource(live, { ...common, maxConcurrency: maximumConcurrency }));
  worker.addEventSource(
    new SqsEventSource(backfill, { ...common, maxConcurrency: backfillMaximumConcurrency, enabled: backfillEnabled }),
  );
}
