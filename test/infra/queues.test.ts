import { describe, expect, test } from "@jest/globals";
import { OPERATIONS } from "#shared/contract/operation.ts";
import type { Lane } from "#shared/contract/queue-name.ts";
import { Deployment } from "./support/deployment.ts";
import { printed } from "./support/printed.ts";

const deployment = Deployment.of();
const queues = deployment.ofType("AWS::SQS::Queue");

const LANES: readonly Lane[] = ["live", "backfill"];
const DAY = 24 * 60 * 60;

test("there is a queue for each lane and a dead-letter queue for each operation, one for undeliverable events, and no other queue", () => {
  const names = OPERATIONS.flatMap((each) => [
    `contact-requests-${each}-live`,
    `contact-requests-${each}-backfill`,
    `contact-requests-${each}-dead-letters`,
  ]);
  expect(queues.map(({ Properties }) => Properties["QueueName"]).toSorted()).toEqual(
    [...names, "contact-requests-undeliverable-events"].toSorted(),
  );
});

test("queues are named after the prefix of the deployment", () => {
  const names = Deployment.of({ prefix: "crm-eu" })
    .ofType("AWS::SQS::Queue")
    .map(({ Properties }) => printed(Properties["QueueName"]));
  expect(names.filter((name) => !name.startsWith("crm-eu-"))).toEqual([]);
});

describe.each(OPERATIONS)("the queues of %s", (operation) => {
  const deadLetters = deployment.deadLetterQueue(operation);

  test.each(LANES)("a %s message stays hidden for six times the function's timeout and the batching window", (lane) => {
    const { Timeout } = deployment.worker(operation).Properties;
    const { MaximumBatchingWindowInSeconds = 0 } = deployment.mapping(operation, lane).Properties;
    expect(deployment.laneQueue(operation, lane).Properties["VisibilityTimeout"]).toBeGreaterThanOrEqual(
      6 * Number(Timeout) + Number(MaximumBatchingWindowInSeconds),
    );
  });

  test("a message waits for 13 days, and a dead letter for 14", () => {
    for (const lane of LANES) {
      expect(deployment.laneQueue(operation, lane).Properties["MessageRetentionPeriod"]).toBe(13 * DAY);
    }
    expect(deadLetters.Properties["MessageRetentionPeriod"]).toBe(14 * DAY);
  });

  test.each(LANES)(
    "SQS itself moves a %s message to the operation's dead-letter queue, after 1,000 receives",
    (lane) => {
      expect(deployment.laneQueue(operation, lane).Properties["RedrivePolicy"]).toEqual({
        deadLetterTargetArn: { "Fn::GetAtt": [deadLetters.logicalId, "Arn"] },
        maxReceiveCount: 1000,
      });
    },
  );

  test("the dead-letter queue takes moved messages of the two lanes alone, which it names without referring to them", () => {
    const { redrivePermission, sourceQueueArns } = Object(deadLetters.Properties["RedriveAllowPolicy"]);
    expect(redrivePermission).toBe("byQueue");
    expect(sourceQueueArns.map((arn: unknown) => printed(arn))).toEqual(
      LANES.map((lane) => `arn:<AWS::Partition>:sqs:eu-central-1:123456789012:contact-requests-${operation}-${lane}`),
    );
  });

  test("the dead-letter queue moves nothing on", () => {
    expect(deadLetters.Properties).not.toHaveProperty("RedrivePolicy");
  });
});

describe.each(queues.map((queue) => [printed(queue.Properties["QueueName"]), queue] as const))("%s", (_name, queue) => {
  test("is encrypted with the deployment's own key", () => {
    expect(printed(queue.Properties["KmsMasterKeyId"])).toBe(`<${deployment.key.logicalId}.Arn>`);
  });

  test("refuses everybody who comes without TLS", () => {
    expect(deployment.queuePolicy(queue)).toContainEqual({
      effect: "Deny",
      actions: ["sqs:*"],
      resources: [`<${queue.logicalId}.Arn>`],
      principals: ["AWS:*"],
      condition: { Bool: { "aws:SecureTransport": "false" } },
    });
  });

  test("takes messages of 1 MiB", () => {
    expect(queue.Properties["MaximumMessageSize"]).toBe(1_048_576);
  });

  test("is a standard queue", () => {
    expect(queue.Properties).not.toHaveProperty("FifoQueue");
  });

  test("outlives its stack, and its own replacement", () => {
    expect(queue).toMatchObject({ DeletionPolicy: "RetainExceptOnCreate", UpdateReplacePolicy: "Retain" });
  });
});
