import { describe, expect, test } from "@jest/globals";
import { OPERATIONS } from "#shared/contract/operation.ts";
import type { Outcome } from "#shared/outcomes/outcome.ts";
import { Deployment } from "./support/deployment.ts";
import { printed } from "./support/printed.ts";

const deployment = Deployment.of();
const rules = deployment.ofType("AWS::Events::Rule");
const bus = `<${deployment.eventBus.logicalId}>`;
const ruleOf = (operation: string) => deployment.one("AWS::Events::Rule", "Name", operation);

describe("the event bus", () => {
  test("is named after the prefix of the deployment", () => {
    expect(deployment.eventBus.Properties["Name"]).toBe("contact-requests");
    expect(Deployment.of({ prefix: "crm-eu" }).eventBus.Properties["Name"]).toBe("crm-eu");
  });

  test("writes no log: events hold what is never logged", () => {
    expect(deployment.eventBus.Properties).not.toHaveProperty("LogConfig");
  });

  test("lets in nobody whom IAM does not let in", () => {
    expect(deployment.ofType("AWS::Events::EventBusPolicy")).toEqual([]);
  });

  test("has one rule for each operation, and no other", () => {
    expect(rules.map(({ Properties }) => Properties["Name"])).toEqual(OPERATIONS);
    expect(rules.map(({ Properties }) => printed(Properties["EventBusName"]))).toEqual(OPERATIONS.map(() => bus));
  });
});

describe.each(OPERATIONS)("the rule of %s", (operation) => {
  const { Properties, logicalId } = ruleOf(operation);
  const live = deployment.laneQueue(operation, "live");

  test("takes the events whose detail-type is the operation, from any source", () => {
    expect(Properties["EventPattern"]).toEqual({ "detail-type": [operation] });
    expect(Properties["State"]).toBe("ENABLED");
  });

  test("brings the whole event to the live queue, grouped by its source, and what it cannot bring to the undeliverable", () => {
    expect(Properties["Targets"]).toEqual([
      {
        Id: "Target0",
        Arn: { "Fn::GetAtt": [live.logicalId, "Arn"] },
        SqsParameters: { MessageGroupId: "$.source" },
        RetryPolicy: { MaximumEventAgeInSeconds: 24 * 60 * 60, MaximumRetryAttempts: 185 },
        DeadLetterConfig: { Arn: { "Fn::GetAtt": [deployment.undeliverableEvents.logicalId, "Arn"] } },
      },
    ]);
  });

  test("is the only one that may send to the live queue", () => {
    expect(deployment.queuePolicy(live).filter(({ effect }) => effect === "Allow")).toEqual([
      {
        effect: "Allow",
        actions: ["sqs:SendMessage"],
        resources: [`<${live.logicalId}.Arn>`],
        principals: ["Service:events.amazonaws.com"],
        condition: { ArnLike: { "aws:SourceArn": [{ "Fn::GetAtt": [logicalId, "Arn"] }] } },
      },
    ]);
  });

  test.each([
    ["backfill", deployment.laneQueue(operation, "backfill")],
    ["dead-letter", deployment.deadLetterQueue(operation)],
  ])("nothing may send to the %s queue", (_name, queue) => {
    expect(deployment.queuePolicy(queue).filter(({ effect }) => effect === "Allow")).toEqual([]);
  });

  test.each<Outcome["detailType"]>(["Contact Started", "Contact Request Failed"])("never takes a %s", (outcome) => {
    // The pattern is a list of whole texts, as the first test says: no prefix and no wildcard could take more.
    expect(Object(Properties["EventPattern"])["detail-type"]).not.toContain(outcome);
  });
});

describe("the queue of undeliverable events", () => {
  const queue = deployment.undeliverableEvents;

  test("is named after the prefix of the deployment", () => {
    const names = Deployment.of({ prefix: "crm-eu" })
      .ofType("AWS::SQS::Queue")
      .map(({ Properties }) => Properties["QueueName"]);
    expect(names).toContain("crm-eu-undeliverable-events");
  });

  test("keeps what is in it for 14 days", () => {
    expect(queue.Properties["MessageRetentionPeriod"]).toBe(14 * 24 * 60 * 60);
  });

  test("takes what the deployment's own rules cannot bring, and nothing else", () => {
    const allowed = deployment.queuePolicy(queue).filter(({ effect }) => effect === "Allow");
    expect(allowed.map(({ actions, principals }) => [actions, principals])).toEqual([
      [["sqs:SendMessage"], ["Service:events.amazonaws.com"]],
    ]);
    expect(allowed.map(({ condition }) => condition)).toEqual([
      { ArnLike: { "aws:SourceArn": rules.map(({ logicalId }) => ({ "Fn::GetAtt": [logicalId, "Arn"] })) } },
    ]);
  });

  test("moves nothing on", () => {
    expect(queue.Properties).not.toHaveProperty("RedrivePolicy");
  });
});

test("every worker is told the bus", () => {
  for (const operation of OPERATIONS) {
    const { Variables } = Object(deployment.worker(operation).Properties["Environment"]);
    expect(printed(Variables["EVENT_BUS_NAME"])).toBe(bus);
  }
});
