import { describe, expect, test } from "@jest/globals";
import { OPERATIONS } from "#shared/contract/operation.ts";
import { Deployment } from "./support/deployment.ts";
import { policyStatements } from "./support/policy-statements.ts";
import { printed } from "./support/printed.ts";

const deployment = Deployment.of();
const policy = deployment.one(
  "AWS::IAM::ManagedPolicy",
  "ManagedPolicyName",
  "contact-requests-operators-eu-central-1",
);
const statements = policyStatements(policy.Properties["PolicyDocument"]);
const rightsIn = (service: string) =>
  statements
    .flatMap(({ actions, resources }) => actions.flatMap((action) => resources.map((on) => `${action} on ${on}`)))
    .filter((right) => right.startsWith(`${service}:`))
    .toSorted();
const bucket = `<${deployment.payloadBucket.logicalId}.Arn>`;
const table = `<${deployment.stateTable.logicalId}.Arn>`;
const arn = (rest: string) => `arn:<AWS::Partition>:${rest}`;

describe("an operator", () => {
  test("may see how much waits in every queue, and send to the backfill queues alone", () => {
    const queues = OPERATIONS.flatMap((each) => [
      deployment.laneQueue(each, "live"),
      deployment.laneQueue(each, "backfill"),
      deployment.deadLetterQueue(each),
    ]);
    expect(rightsIn("sqs")).toEqual(
      [
        ...queues.flatMap(({ logicalId }) => [
          `sqs:GetQueueAttributes on <${logicalId}.Arn>`,
          `sqs:GetQueueUrl on <${logicalId}.Arn>`,
        ]),
        ...OPERATIONS.map((each) => `sqs:SendMessage on <${deployment.laneQueue(each, "backfill").logicalId}.Arn>`),
      ].toSorted(),
    );
  });

  test("may read the settings of this deployment", () => {
    expect(rightsIn("ssm")).toEqual([
      expect.stringMatching(/^ssm:GetParameter on arn:<AWS::Partition>:ssm:eu-central-1:123456789012:parameter<\w+>$/),
    ]);
  });

  test("may read and write the files of backfills, and write large requests", () => {
    expect(rightsIn("s3")).toEqual([
      `s3:GetObject on ${bucket}/backfills/*`,
      `s3:ListBucket on ${bucket}`,
      `s3:PutObject on ${bucket}/backfills/*`,
      `s3:PutObject on ${bucket}/payloads/*`,
    ]);
  });

  test("may look up every item of the state table, and change those of jobs alone", () => {
    expect(rightsIn("dynamodb")).toEqual(
      ["BatchGetItem", "GetItem", "PutItem", "UpdateItem"].map((action) => `dynamodb:${action} on ${table}`),
    );
    const changing = statements.filter(({ actions }) => actions.includes("dynamodb:PutItem"));
    expect(changing.map(({ condition }) => condition)).toEqual([
      { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": ["job#*"] } },
    ]);
  });

  test("may start runs of the state machine, watch, stop and redrive them", () => {
    const executions = arn("states:eu-central-1:123456789012:execution:contact-requests-backfill:*");
    expect(rightsIn("states")).toEqual(
      [
        ...["DescribeExecution", "ListMapRuns", "RedriveExecution", "StopExecution"].map(
          (action) => `states:${action} on ${executions}`,
        ),
        `states:DescribeMapRun on ${arn("states:eu-central-1:123456789012:mapRun:contact-requests-backfill/ranges:*")}`,
        `states:ListExecutions on <${deployment.stateMachine.logicalId}>`,
        `states:StartExecution on <${deployment.stateMachine.logicalId}>`,
      ].toSorted(),
    );
  });

  test("may pause and resume the workers of this deployment, and invoke nothing", () => {
    const mappings = arn("lambda:eu-central-1:123456789012:event-source-mapping:*");
    expect(rightsIn("lambda")).toEqual([
      `lambda:GetEventSourceMapping on ${mappings}`,
      "lambda:ListEventSourceMappings on *",
      `lambda:UpdateEventSourceMapping on ${mappings}`,
    ]);
    const [pausing] = statements.filter(({ actions }) => actions.includes("lambda:UpdateEventSourceMapping"));
    const workers: readonly unknown[] = Object(pausing?.condition["ArnEquals"])["lambda:FunctionArn"];
    expect(workers.map((each) => printed(each)).toSorted()).toEqual(
      OPERATIONS.map((each) => `<${deployment.worker(each).logicalId}.Arn>`).toSorted(),
    );
  });

  test("has no rights in Amazon Connect", () => {
    expect(rightsIn("connect")).toEqual([]);
  });
});

test("the policy is attached to nobody by the deployment itself", () => {
  for (const attachment of ["Roles", "Users", "Groups"]) expect(policy.Properties).not.toHaveProperty(attachment);
});

test("the policy stays within the 6,144 characters that IAM takes, with the longest prefix and Region", () => {
  const prefix = "p".repeat(38);
  const [longest] = Deployment.of({ prefix })
    .ofType("AWS::IAM::ManagedPolicy")
    .filter(({ Properties }) => String(Properties["ManagedPolicyName"]).startsWith(`${prefix}-operators`));
  const queueArn = `arn:aws:sqs:ap-southeast-2:123456789012:${prefix}-StartOutboundEmailContact-dead-letters`;
  const document = JSON.stringify(longest?.Properties["PolicyDocument"])
    .replaceAll(/\{"(?:Fn::GetAtt":\["\w+","Arn"\]|Ref":"Contact\w+")\}/g, JSON.stringify(queueArn))
    .replaceAll(/\{"Ref":"AWS::Partition"\}/g, '"aws"');
  expect(document.length).toBeLessThan(6_144);
});
