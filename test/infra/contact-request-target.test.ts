import { describe, expect, test } from "@jest/globals";
import { Stack } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { Rule, RuleTargetInput } from "aws-cdk-lib/aws-events";
import { ContactRequestTarget } from "#infra/constructs/contact-request-target.ts";
import { ContactRequests } from "#infra/constructs/contact-requests.ts";
import { anApp } from "./support/an-app.ts";
import { Deployment } from "./support/deployment.ts";
import { INSTANCE, PLACE } from "./support/instances.ts";
import { STUB_BUNDLES } from "./support/stub-bundles.ts";
import { type TemplateResource, templateResources } from "./support/template-resource.ts";

const eventPattern = { source: ["shop.orders"] };

const admittedTo = (deployment: Deployment, queue: TemplateResource): readonly unknown[] =>
  deployment
    .queuePolicy(queue)
    .filter(({ effect }) => effect === "Allow")
    .flatMap(({ condition }) => condition["ArnLike"]?.["aws:SourceArn"]);

describe("a rule of the same stack", () => {
  const deployment = Deployment.with((requests, stack) => {
    const targets = [
      new ContactRequestTarget(requests.queuesOf("CreateContact")),
      new ContactRequestTarget(requests.queuesOf("StartOutboundChatContact"), {
        lane: "backfill",
        message: RuleTargetInput.fromEventPath("$.detail.contactRequest"),
      }),
    ];
    new Rule(stack, "Orders", { ruleName: "orders", eventPattern, targets });
  });
  const rule = deployment.one("AWS::Events::Rule", "Name", "orders");
  const ruleArn = { "Fn::GetAtt": [rule.logicalId, "Arn"] };
  const [whole, part]: readonly Readonly<Record<string, unknown>>[] = Object(rule.Properties["Targets"]);
  const live = deployment.laneQueue("CreateContact", "live");
  const backfill = deployment.laneQueue("StartOutboundChatContact", "backfill");

  test("brings whole events to the live queue, grouped by source, if nothing else is said", () => {
    expect(whole).toEqual({
      Id: "Target0",
      Arn: { "Fn::GetAtt": [live.logicalId, "Arn"] },
      SqsParameters: { MessageGroupId: "$.source" },
      RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
      DeadLetterConfig: { Arn: { "Fn::GetAtt": [deployment.undeliverableEvents.logicalId, "Arn"] } },
    });
  });

  test("brings a part of the event, as JSON, to the backfill queue where that is said", () => {
    expect(part).toMatchObject({
      Arn: { "Fn::GetAtt": [backfill.logicalId, "Arn"] },
      InputPath: "$.detail.contactRequest",
    });
  });

  test.each([
    ["live queue", live],
    ["backfill queue", backfill],
    ["queue of undeliverable events", deployment.undeliverableEvents],
  ])("is admitted, by its ARN, to the %s that it feeds", (_name, queue) => {
    expect(admittedTo(deployment, queue)).toContainEqual(ruleArn);
  });

  test("is admitted to no other queue", () => {
    const queues = deployment.ofType("AWS::SQS::Queue");
    const open = queues.filter((queue) => JSON.stringify(admittedTo(deployment, queue)).includes(rule.logicalId));
    expect(open.map(({ logicalId }) => logicalId).toSorted()).toEqual(
      [live, backfill, deployment.undeliverableEvents].map(({ logicalId }) => logicalId).toSorted(),
    );
  });

  test("takes no role and no part of the key's policy: the account's rules may use the key", () => {
    expect(rule.Properties).not.toHaveProperty("RoleArn");
    expect(whole).not.toHaveProperty("RoleArn");
    expect(deployment.keyPolicy).toEqual(Deployment.of().keyPolicy);
  });
});

test("fifty rules on one queue stand in one statement: a queue's policy takes no more than twenty", () => {
  const deployment = Deployment.with((requests, stack) => {
    for (let number = 0; number < 50; number++) {
      const targets = [new ContactRequestTarget(requests.queuesOf("CreateContact"))];
      new Rule(stack, `Orders${number}`, { eventPattern, targets });
    }
  });
  for (const queue of [deployment.laneQueue("CreateContact", "live"), deployment.undeliverableEvents]) {
    expect(deployment.queuePolicy(queue)).toHaveLength(2);
    expect(admittedTo(deployment, queue).length).toBeGreaterThan(50);
  }
});

describe("a rule of another stack", () => {
  const app = anApp();
  const ours = new Stack(app, "Ours", { env: PLACE });
  const settings = { connectInstanceArns: [INSTANCE] };
  const requests = new ContactRequests(ours, "Requests", { settings, bundles: STUB_BUNDLES });
  const theirs = new Stack(app, "Theirs", { env: PLACE });
  for (const name of ["Orders", "Returns"]) {
    new Rule(theirs, name, { eventPattern, targets: [new ContactRequestTarget(requests.queuesOf("CreateContact"))] });
  }

  test("needs the stack of the queue, which does not need it", () => {
    expect(() => app.synth()).not.toThrow();
    expect(theirs.dependencies).toEqual([ours]);
    expect(ours.dependencies).toEqual([]);
  });

  test("is admitted as a rule of this account and Region, and stands in the policy once", () => {
    const policies = templateResources(Template.fromStack(ours).toJSON())
      .filter(({ Type }) => Type === "AWS::SQS::QueuePolicy")
      .map((policy) => JSON.stringify(policy));
    const anyRule = `:events:${PLACE.region}:${PLACE.account}:rule/*`;
    const open = policies.filter((policy) => policy.includes(anyRule));
    // The live queue, and the queue of undeliverable events.
    expect(open).toHaveLength(2);
    for (const policy of open) expect(policy.split(anyRule)).toHaveLength(2);
  });
});
