import { ArnFormat, Stack } from "aws-cdk-lib";
import { ManagedPolicy, PolicyDocument, PolicyStatement } from "aws-cdk-lib/aws-iam";
import { Construct } from "constructs";
import { acknowledgeWildcards } from "../acknowledge-wildcards.ts";
import type { PublishedSettings, PublishedSettingsProps } from "./published-settings.ts";

export interface OperatorsProps extends PublishedSettingsProps {
  readonly published: PublishedSettings;
}

/** All that it takes to plan, start, watch, pause, cancel and report backfills. Attached to nobody by the deployment. */
export class Operators extends Construct {
  readonly policy: ManagedPolicy;
  readonly #stack: Stack;

  constructor(scope: Construct, id: string, props: OperatorsProps) {
    super(scope, id);
    this.#stack = Stack.of(this);
    const { prefix } = props.settings;
    this.policy = new ManagedPolicy(this, "Policy", {
      // IAM knows no Regions: without it, the same deployment in a second one would find the name taken.
      managedPolicyName: `${prefix}-operators-${this.#stack.region}`,
      description: `May run backfills of ${prefix}`,
      // IAM takes 6,144 characters: a queue's ARN stands once for all that may be done with it.
      document: new PolicyDocument({ minimize: true }),
    });
    for (const queues of props.queues) queues.grantOperate(this.policy);
    props.payloads.grantOperate(this.policy);
    props.state.grantOperate(this.policy);
    this.#allow(["ssm:GetParameter"], [props.published.parameter.parameterArn]);
    this.#letRun(props);
    this.#letPause(props);
  }

  #letRun({ backfills }: OperatorsProps): void {
    const { stateMachineArn } = backfills.stateMachine;
    const [executions = "", children = ""] = backfills.executionArns;
    const mapRuns = children.replace(":execution:", ":mapRun:");
    this.#allow(["states:ListExecutions", "states:StartExecution"], [stateMachineArn]);
    this.#allow(["states:DescribeExecution", "states:RedriveExecution", "states:StopExecution"], [executions]);
    this.#allow(["states:ListMapRuns"], [executions]);
    this.#allow(["states:DescribeMapRun"], [mapRuns]);
    acknowledgeWildcards(this.policy, [executions, mapRuns], "Executions are named as they are started.");
  }

  /** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html */
  #letPause({ workers }: OperatorsProps): void {
    const mappings = this.#stack.formatArn({
      service: "lambda",
      resource: "event-source-mapping",
      resourceName: "*",
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    this.policy.addStatements(
      new PolicyStatement({
        actions: ["lambda:GetEventSourceMapping", "lambda:UpdateEventSourceMapping"],
        resources: [mappings],
        conditions: { ArnEquals: { "lambda:FunctionArn": workers.map((worker) => worker.function.functionArn) } },
      }),
    );
    this.#allow(["lambda:ListEventSourceMappings"], ["*"]);
    acknowledgeWildcards(
      this.policy,
      [mappings],
      "Lambda draws the ids of mappings; the condition says whose they must be.",
    );
    acknowledgeWildcards(this.policy, ["*"], "Lambda lets mappings be listed on every resource only.");
  }

  #allow(actions: string[], resources: string[]): void {
    this.policy.addStatements(new PolicyStatement({ actions, resources }));
  }
}
