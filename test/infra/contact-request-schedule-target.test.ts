import { describe, expect, test } from "@jest/globals";
import { Duration } from "aws-cdk-lib";
import { Schedule, ScheduleExpression } from "aws-cdk-lib/aws-scheduler";
import {
  ContactRequestScheduleTarget,
  type ContactRequestScheduleTargetProps,
} from "#infra/constructs/contact-request-schedule-target.ts";
import { parseContactRequest } from "#shared/contract/contact-request.ts";
import { Deployment } from "./support/deployment.ts";
import { PLACE } from "./support/instances.ts";
import { policyStatements } from "./support/policy-statements.ts";
import { printed } from "./support/printed.ts";

const TASK = { Channel: "TASK", InitiationMethod: "API", Name: 'Review "everything"' };

const scheduled = (props: Partial<ContactRequestScheduleTargetProps> = {}): Deployment =>
  Deployment.with((requests, stack) => {
    const all = { requestIdPrefix: "reports/weekly", input: TASK, ...props };
    new Schedule(stack, "Weekly", {
      schedule: ScheduleExpression.rate(Duration.days(7)),
      target: new ContactRequestScheduleTarget(requests.queuesOf("CreateContact"), all),
    });
  });

const deployment = scheduled({ source: "reports" });

const targetOf = (each: Deployment): Readonly<Record<string, unknown>> =>
  Object(each.ofType("AWS::Scheduler::Schedule")[0]?.Properties["Target"]);

const roleOf = (each: Deployment): string => printed(targetOf(each)["RoleArn"]).replace(/^<(.*)\.Arn>$/, "$1");

const rightsOf = (each: Deployment): readonly string[] =>
  each
    .ofType("AWS::IAM::Policy")
    .filter(({ Properties }) => JSON.stringify(Properties["Roles"]).includes(roleOf(each)))
    .flatMap(({ Properties }) => policyStatements(Properties["PolicyDocument"]))
    .flatMap(({ actions, resources }) => actions.flatMap((action) => resources.map((on) => `${action} on ${on}`)))
    .toSorted();

describe("the message of a schedule", () => {
  const message: string = printed(targetOf(deployment)["Input"]);

  test("is a contact request once the scheduler has put in the time", () => {
    const sent = message.replace("<aws.scheduler.scheduled-time>", "2026-11-23T08:00:00Z");
    expect(parseContactRequest(JSON.parse(sent))).toEqual({
      ok: true,
      value: {
        requestId: "reports/weekly/2026-11-23T08:00:00Z",
        operation: "CreateContact",
        source: "reports",
        input: TASK,
      },
    });
  });

  test("is told apart by the time for which it was scheduled, and not by the attempt to bring it", () => {
    expect(message.match(/<aws[^>]*>/g)).toEqual(["<aws.scheduler.scheduled-time>"]);
  });

  test("says no source where none is given", () => {
    expect(JSON.parse(printed(targetOf(scheduled())["Input"]))).not.toHaveProperty("source");
  });
});

describe("the target of a schedule", () => {
  test.each(["live", "backfill"] as const)("is the %s queue where that is said", (lane) => {
    const each = scheduled({ lane });
    expect(printed(targetOf(each)["Arn"])).toBe(`<${each.laneQueue("CreateContact", lane).logicalId}.Arn>`);
  });

  test("puts its source's messages into one group, for fairness, and none where no source is given", () => {
    expect(targetOf(deployment)["SqsParameters"]).toEqual({ MessageGroupId: "reports" });
    expect(targetOf(scheduled())).not.toHaveProperty("SqsParameters");
  });

  test("leaves what cannot be brought within a day with the undeliverable events", () => {
    expect(targetOf(deployment)).toMatchObject({
      RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
      DeadLetterConfig: { Arn: { "Fn::GetAtt": [deployment.undeliverableEvents.logicalId, "Arn"] } },
    });
  });
});

describe("the role of a schedule", () => {
  test("may send to its queue and to the undeliverable events, with their key, and nothing else", () => {
    const key = `<${deployment.key.logicalId}.Arn>`;
    expect(rightsOf(deployment)).toEqual(
      [
        `kms:Decrypt on ${key}`,
        `kms:GenerateDataKey on ${key}`,
        `sqs:SendMessage on <${deployment.laneQueue("CreateContact", "live").logicalId}.Arn>`,
        `sqs:SendMessage on <${deployment.undeliverableEvents.logicalId}.Arn>`,
      ].toSorted(),
    );
  });

  test("is for schedules of this account and group alone", () => {
    const role = deployment.ofType("AWS::IAM::Role").find(({ logicalId }) => logicalId === roleOf(deployment));
    const [trust, ...more] = policyStatements(role?.Properties["AssumeRolePolicyDocument"]);
    expect(more).toEqual([]);
    expect(trust?.principals).toEqual(["Service:scheduler.amazonaws.com"]);
    const { "aws:SourceAccount": account, "aws:SourceArn": group } = trust?.condition["StringEquals"] ?? {};
    expect(account).toBe(PLACE.account);
    expect(printed(group)).toBe(
      `arn:<AWS::Partition>:scheduler:${PLACE.region}:${PLACE.account}:schedule-group/default`,
    );
  });
});

describe("at synth", () => {
  test.each<[what: string, props: Partial<ContactRequestScheduleTargetProps>, sentence: string]>([
    ["a member that nobody knows", { input: { ...TASK, Nmae: "x" } }, 'input["Nmae"]'],
    ["a member that is missing", { input: { Channel: "TASK" } }, "input.InitiationMethod"],
    ["a requestId with a space", { requestIdPrefix: "weekly report" }, "requestId"],
    ["a requestId that is too long with the time", { requestIdPrefix: "x".repeat(110) }, "requestId"],
  ])("%s throws, and is named", (_what, props, sentence) => {
    expect(() => scheduled(props)).toThrow(/^What Elsewhere\/Weekly sends is no contact request\.\n {2}/);
    expect(() => scheduled(props)).toThrow(sentence);
  });

  test("a value that is known at deployment only is left to the worker", () => {
    const build = () =>
      Deployment.with((requests, stack) => {
        new Schedule(stack, "Weekly", {
          schedule: ScheduleExpression.rate(Duration.days(7)),
          target: new ContactRequestScheduleTarget(requests.queuesOf("CreateContact"), {
            requestIdPrefix: "reports/weekly",
            input: { ...TASK, Description: requests.key.keyArn },
          }),
        });
      });
    expect(build).not.toThrow();
  });
});
