import { DeleteQueueCommand } from "@aws-sdk/client-sqs";
import { expect, test } from "@jest/globals";
import { EventBridgeFaults } from "#local/event-bridge/event-bridge-faults.ts";
import { EventDelivery } from "#local/event-bridge/event-delivery.ts";
import type { MatchedEvent } from "#local/event-bridge/matched-event.ts";
import { compileTarget, targetDescription } from "#local/event-bridge/target.ts";
import type { OutgoingMessage, SendToQueue, Sent } from "#local/queue-sender.ts";
import { received } from "../support/received.ts";
import { until } from "../support/until.ts";
import { anEntry, anEventSystem, put } from "./an-event-system.ts";

const ruleArn = "arn:aws:events:us-east-1:000000000000:rule/requests/orders";
const workArn = "arn:aws:sqs:us-east-1:000000000000:work";
const text = (StringValue: unknown) => ({ DataType: "String", StringValue });

test("an event for a queue that is gone is dead-lettered as it came, with what AWS says of it", async () => {
  const system = await anEventSystem({ target: { Input: `"not this"` } });
  await system.sqs.send(new DeleteQueueCommand({ QueueUrl: system.system.queueUrls["work"] }));
  await put(system, anEntry());
  const { Body, MessageAttributes } = await received(system, "undeliverable");
  expect(Body).toBe(JSON.stringify(system.system.eventBridge.events()[0]?.event));
  expect(MessageAttributes).toEqual({
    RULE_ARN: text(ruleArn),
    TARGET_ARN: text(workArn),
    ERROR_CODE: text("NO_RESOURCE"),
    ERROR_MESSAGE: text(`There is no queue ${workArn}.`),
    RETRY_ATTEMPTS: { DataType: "Number", StringValue: "0" },
  });
});

test("a queue whose policy does not let the rule send gets nothing", async () => {
  const system = await anEventSystem({ resources: { workPolicy: undefined } });
  await put(system, anEntry());
  const { MessageAttributes } = await received(system, "undeliverable");
  expect(MessageAttributes?.["ERROR_CODE"]).toEqual(text("NO_PERMISSIONS"));
  expect(system.system.queueDepths()["work"]?.visible).toBe(0);
});

test("without a dead-letter queue the runner says what is lost, and nothing of the event", async () => {
  const system = await anEventSystem({
    target: { DeadLetterConfig: undefined, SqsParameters: { MessageGroupId: "$.x" } },
  });
  await put(system, anEntry({ Detail: `{"secret":"marker"}` }));
  await until("a notice", () => system.notices.length > 0);
  expect(system.notices).toEqual([expect.stringMatching(/rule\/requests\/orders was not delivered .* It is lost/)]);
  expect(system.notices.join()).not.toContain("marker");
});

const matched: MatchedEvent = {
  event: {
    version: "0",
    id: "e-1",
    "detail-type": "order",
    source: "billing",
    account: "000000000000",
    time: "2026-12-01T09:00:00Z",
    region: "us-east-1",
    resources: [],
    detail: {},
  },
  rule: { name: "orders", arn: ruleArn },
  ingestionTime: "2026-12-01T09:00:01Z",
};

/** The delivery of one event to a queue that answers with what is given, the last one again and again, 50 s later each time. */
function aDelivery(answers: Sent[], RetryPolicy: object) {
  const deadLetters: OutgoingMessage[] = [];
  let attempts = 0;
  let nowMs = 0;
  const send: SendToQueue = async (queueArn, message) => {
    if (queueArn !== workArn) {
      deadLetters.push(message);
      return { kind: "sent" };
    }
    attempts += 1;
    nowMs += 50_000;
    return (answers.length > 1 ? answers.shift() : answers[0]) ?? { kind: "sent" };
  };
  const parts = { send, faults: new EventBridgeFaults(1), random: () => 0.5, now: () => nowMs, log: () => undefined };
  const delivery = new EventDelivery(parts);
  const DeadLetterConfig = { Arn: `${workArn}-undelivered` };
  const target = compileTarget(targetDescription.parse({ Id: "t", Arn: workArn, RetryPolicy, DeadLetterConfig }));
  delivery.begin(matched, target);
  return { delivery, deadLetters, attempts: () => attempts };
}

const failed: Sent = { kind: "failed", code: "ERROR_FROM_TARGET", message: "SQS is not well." };

test.each([
  ["the attempts", { MaximumRetryAttempts: 2 }, "MaximumRetryAttempts", 3, "2"],
  ["no attempts at all", { MaximumRetryAttempts: 0 }, "MaximumRetryAttempts", 1, "0"],
  ["the time", { MaximumEventAgeInSeconds: 60 }, "MaximumEventAgeInSeconds", 2, "1"],
])("a delivery that fails is tried again until %s are exhausted", async (_case, policy, condition, calls, retries) => {
  const { deadLetters, attempts } = aDelivery([failed], policy);
  const [letter] = await until("a dead letter", () => deadLetters.length > 0 && deadLetters);
  expect(letter?.attributes).toEqual({
    RULE_ARN: text(ruleArn),
    TARGET_ARN: text(workArn),
    ERROR_CODE: text("ERROR_FROM_TARGET"),
    ERROR_MESSAGE: text("SQS is not well."),
    EXHAUSTED_RETRY_CONDITION: text(condition),
    RETRY_ATTEMPTS: { DataType: "Number", StringValue: retries },
  });
  expect(attempts()).toBe(calls);
});

test("a delivery that goes well the second time leaves no dead letter", async () => {
  const { deadLetters, attempts } = aDelivery([failed, { kind: "sent" }], {});
  await until("two attempts", () => attempts() === 2);
  expect(deadLetters).toEqual([]);
});

test("after a stop nothing is tried again", async () => {
  const { delivery, attempts } = aDelivery([failed], {});
  await until("an attempt", () => attempts() === 1);
  delivery.stop();
  // The first retry would come within 100 ms: a delivery that begins later and has two retries shows that it did not.
  const other = aDelivery([failed, failed, { kind: "sent" }], {});
  await until("three attempts of the other", () => other.attempts() === 3);
  expect(attempts()).toBe(1);
});
