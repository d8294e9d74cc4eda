import { ArnFormat, RemovalPolicy, Stack } from "aws-cdk-lib";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import { DefinitionBody, LogLevel, StateMachine } from "aws-cdk-lib/aws-stepfunctions";
import { Construct } from "constructs";
import type { Settings } from "#shared/settings.ts";
import { acknowledge } from "../acknowledge.ts";
import { acknowledgeWildcards } from "../acknowledge-wildcards.ts";
import { feedDefinition, MAP_LABEL } from "../feed-definition.ts";
import type { BackfillFeed } from "./backfill-feed.ts";
import type { PayloadBucket } from "./payload-bucket.ts";

export interface BackfillStateMachineProps {
  readonly settings: Settings;
  readonly feed: BackfillFeed;
  readonly payloads: PayloadBucket;
}

/** Runs the feed over all ranges of a start's file. Its input is `{"job": NAME, "startId": ID}`; the files are in the bucket. */
export class BackfillStateMachine extends Construct {
  readonly stateMachine: StateMachine;
  /** Of the executions, and of the map's child executions. */
  readonly executionArns: readonly string[];

  constructor(scope: Construct, id: string, { settings, feed, payloads }: BackfillStateMachineProps) {
    super(scope, id);
    const name = `${settings.prefix}-backfill`;
    const stack = Stack.of(this);
    const arnOf = (resource: string, resourceName: string) =>
      stack.formatArn({ service: "states", resource, resourceName, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
    this.executionArns = [arnOf("execution", `${name}:*`), arnOf("execution", `${name}/${MAP_LABEL}:*`)];

    const role = new Role(this, "Role", { assumedBy: new ServicePrincipal("states.amazonaws.com") });
    payloads.grantRun(role);
    role.addToPolicy(
      new PolicyStatement({ actions: ["lambda:InvokeFunction"], resources: [feed.function.functionArn] }),
    );
    // By name: the machine needs its role's policy, so that the policy cannot need the machine.
    const machineArn = arnOf("stateMachine", name);
    this.#letRunItself(role, machineArn);

    this.stateMachine = new StateMachine(this, "StateMachine", {
      stateMachineName: name,
      comment: "Feeds backfills to their queues",
      definitionBody: DefinitionBody.fromString(
        stack.toJsonString(
          feedDefinition({
            partition: stack.partition,
            functionArn: feed.function.functionArn,
            functionTimeoutSeconds: feed.timeout.toSeconds(),
            bucketName: payloads.bucket.bucketName,
            maxConcurrency: settings.backfillFeedConcurrency,
          }),
        ),
      ),
      role,
      logs: {
        // Under this path, log groups share one resource policy, of which an account has ten.
        // https://docs.aws.amazon.com/step-functions/latest/dg/bp-cwl.html
        destination: new LogGroup(this, "Logs", {
          logGroupName: `/aws/vendedlogs/states/${name}`,
          retention: RetentionDays.THREE_MONTHS,
          removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
        }),
        level: LogLevel.ALL,
        includeExecutionData: false,
      },
    });
    acknowledgeWildcards(role, this.executionArns, "Executions are named as they are started.");
    acknowledge(role, {
      "AwsSolutions-IAM5[Resource::*]":
        "Logs are delivered by CloudWatch, whose actions for it take no resource: https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html",
    });
    const untraced =
      "A trace would say what the executions say already: a run calls one function, for each range and at its end.";
    acknowledge(this.stateMachine, {
      "AwsSolutions-SF2": untraced,
      "Serverless-StepFunctionStateMachineXray": untraced,
    });
  }

  /** https://docs.aws.amazon.com/step-functions/latest/dg/iam-policies-eg-dist-map.html */
  #letRunItself(role: Role, machineArn: string): void {
    role.addToPolicy(new PolicyStatement({ actions: ["states:StartExecution"], resources: [machineArn] }));
    role.addToPolicy(
      new PolicyStatement({
        actions: ["states:DescribeExecution", "states:StopExecution", "states:RedriveExecution"],
        resources: [...this.executionArns],
      }),
    );
  }
}
