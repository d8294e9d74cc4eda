import { describe, expect, test } from "@jest/globals";
import { OPERATIONS } from "#shared/contract/operation.ts";
import { Deployment } from "./support/deployment.ts";

const deployment = Deployment.of();
const bucket = `<${deployment.payloadBucket.logicalId}.Arn>`;
const key = `<${deployment.key.logicalId}.Arn>`;

describe.each(OPERATIONS)("the worker of %s", (operation) => {
  test("may read and change the queues of its lanes, send to its own dead-letter queue, and touch no other", () => {
    const lanes = (["live", "backfill"] as const).map(
      (lane) => `<${deployment.laneQueue(operation, lane).logicalId}.Arn>`,
    );
    expect(deployment.rightsIn("sqs", operation)).toEqual(
      [
        ...lanes.flatMap((queue) => [
          `sqs:ChangeMessageVisibility on ${queue}`,
          `sqs:DeleteMessage on ${queue}`,
          `sqs:GetQueueAttributes on ${queue}`,
          `sqs:GetQueueUrl on ${queue}`,
          `sqs:ReceiveMessage on ${queue}`,
        ]),
        `sqs:SendMessage on <${deployment.deadLetterQueue(operation).logicalId}.Arn>`,
      ].toSorted(),
    );
  });

  test("may read payloads, and write those of dead letters only", () => {
    expect(deployment.rightsIn("s3", operation)).toEqual([
      `s3:GetObject on ${bucket}/*`,
      `s3:ListBucket on ${bucket}`,
      `s3:PutObject on ${bucket}/dead-letters/*`,
    ]);
  });

  test("may use the deployment's key to read and write, and not manage it", () => {
    const direct = deployment.rights(operation).filter(({ condition }) => !("StringEquals" in condition));
    const rights = direct.flatMap(({ actions, resources }) =>
      actions.map((action) => `${action} on ${resources.join()}`),
    );
    expect([...new Set(rights.filter((right) => right.startsWith("kms:")))].toSorted()).toEqual([
      `kms:Decrypt on ${key}`,
      `kms:GenerateDataKey on ${key}`,
    ]);
  });

  test("may put events on the deployment's bus, and on no other", () => {
    expect(deployment.rightsIn("events", operation)).toEqual([
      `events:PutEvents on <${deployment.eventBus.logicalId}.Arn>`,
    ]);
  });

  test("may write to its own log group only", () => {
    const own = deployment.one("AWS::Logs::LogGroup", "LogGroupName", `/aws/lambda/contact-requests-${operation}`);
    const group = `<${own.logicalId}.Arn>`;
    expect(deployment.rightsIn("logs", operation)).toEqual([
      `logs:CreateLogStream on ${group}`,
      `logs:PutLogEvents on ${group}`,
    ]);
  });

  test("has rights in no further service", () => {
    const services = deployment.rights(operation).flatMap(({ actions }) => actions.map((each) => each.split(":")[0]));
    expect([...new Set(services)].toSorted()).toEqual(["connect", "dynamodb", "events", "kms", "logs", "s3", "sqs"]);
  });
});

test("every function and the state machine have a role of their own, for the one service, and nothing beside its policy", () => {
  const services = [...OPERATIONS.map(() => "lambda.amazonaws.com"), "lambda.amazonaws.com", "states.amazonaws.com"];
  const roles = deployment.ofType("AWS::IAM::Role");
  expect(roles.map(({ Properties }) => Properties)).toEqual(
    services.map((Service) => ({
      AssumeRolePolicyDocument: {
        Statement: [{ Action: "sts:AssumeRole", Effect: "Allow", Principal: { Service } }],
        Version: "2012-10-17",
      },
    })),
  );
});
