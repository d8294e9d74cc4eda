import { SetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import { expect, test } from "@jest/globals";
import { aLocalSystem } from "../support/a-local-system.ts";
import { received } from "../support/received.ts";
import { until } from "../support/until.ts";
import { aTopic, aTopicSystem, inXml, snsCall, topicArn } from "./a-topic.ts";

const workArn = "arn:aws:sqs:us-east-1:000000000000:work";
const publish = { Action: "Publish", TopicArn: topicArn, Message: "x" };
const raw = { RawMessageDelivery: "true" };

test("a topic that a client makes, and a queue that it subscribes, work as those of the template", async () => {
  const system = await aLocalSystem({
    Resources: { Queue: { Type: "AWS::SQS::Queue", Properties: { QueueName: "work" } } },
  });
  const TopicArn = inXml((await snsCall(system, { Action: "CreateTopic", Name: "mine" })).xml, "TopicArn");
  const Statement = {
    Effect: "Allow",
    Principal: { Service: "sns.amazonaws.com" },
    Action: "sqs:SendMessage",
    Resource: workArn,
    Condition: { ArnEquals: { "aws:SourceArn": TopicArn } },
  };
  const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [Statement] });
  const QueueUrl = system.system.queueUrls["work"];
  await system.sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
  const { xml } = await snsCall(system, {
    Action: "Subscribe",
    TopicArn,
    Protocol: "sqs",
    Endpoint: workArn,
    "Attributes.entry.1.key": "RawMessageDelivery",
    "Attributes.entry.1.value": "true",
  });
  const SubscriptionArn = inXml(xml, "SubscriptionArn");
  expect(SubscriptionArn.startsWith(`${TopicArn}:`)).toBe(true);

  await snsCall(system, { ...publish, TopicArn, Message: "raw" });
  expect((await received(system, "work")).Body).toBe("raw");
  const setting = { AttributeName: "RawMessageDelivery", AttributeValue: "false" };
  await snsCall(system, { Action: "SetSubscriptionAttributes", SubscriptionArn, ...setting });
  await snsCall(system, { ...publish, TopicArn, Message: "wrapped" });
  expect(JSON.parse((await received(system, "work")).Body ?? "")).toMatchObject({ TopicArn, Message: "wrapped" });
});

test.each<[string, object, string, string]>([
  ["attributes", { FilterPolicy: { kind: ["a"] } }, "kind", "no"],
  ["the body", { FilterPolicy: { kind: ["a"] }, FilterPolicyScope: "MessageBody" }, "other", `{"kind":"no"}`],
])("a filter policy on %s lets through what it names", async (_case, filter, Name, refused) => {
  const system = await aTopicSystem({ subscription: { ...raw, ...filter } });
  const message = (value: string, Message: string) => ({
    ...publish,
    Message,
    "MessageAttributes.entry.1.Name": Name,
    "MessageAttributes.entry.1.Value.DataType": "String",
    "MessageAttributes.entry.1.Value.StringValue": value,
  });
  await snsCall(system, message("no", refused));
  await snsCall(system, message("a", `{"kind":"a"}`));
  expect((await received(system, "work")).Body).toBe(`{"kind":"a"}`);
  expect(system.system.queueDepths()["work"]?.visible).toBe(0);
});

const RedrivePolicy = { deadLetterTargetArn: { "Fn::GetAtt": ["undeliveredQueue", "Arn"] } };

test("what a queue's policy refuses goes to the subscription's dead-letter queue", async () => {
  const system = await aTopicSystem({ subscription: { ...raw, RedrivePolicy }, resources: { workPolicy: undefined } });
  await snsCall(system, publish);
  expect((await received(system, "undelivered")).Body).toBe("x");
  expect(system.system.queueDepths()["work"]?.visible).toBe(0);
});

test("without a dead-letter queue the runner says what is lost, and nothing of the message", async () => {
  const system = await aTopicSystem({ resources: { workPolicy: undefined } });
  await snsCall(system, { ...publish, Message: "marker" });
  await until("a notice", () => system.notices.length > 0);
  expect(system.notices).toEqual([
    expect.stringMatching(/A message on .*:news was not delivered to .*:work .* It is lost/),
  ]);
  expect(system.notices.join()).not.toContain("marker");
});

test("a raw message with more attributes than SQS takes is undeliverable", async () => {
  const system = await aTopicSystem({ subscription: raw });
  const attributes = Array.from({ length: 11 }, (_, index) => [
    [`MessageAttributes.entry.${index + 1}.Name`, `a${index}`],
    [`MessageAttributes.entry.${index + 1}.Value.DataType`, "String"],
    [`MessageAttributes.entry.${index + 1}.Value.StringValue`, "x"],
  ]);
  await snsCall(system, { ...publish, ...Object.fromEntries(attributes.flat()) });
  await until("a notice", () => system.notices.length > 0);
  expect(system.notices).toEqual([expect.stringContaining("at most ten message attributes")]);
});

test("a message published while SQS is out is delivered afterwards", async () => {
  const system = await aTopicSystem({ subscription: raw });
  system.system.beginOutage("sqs", "unavailable");
  await snsCall(system, publish);
  system.system.endOutage("sqs");
  expect((await received(system, "work")).Body).toBe("x");
});

test("what is mailed or called in AWS is subscribed and gets nothing here", async () => {
  const system = await aTopicSystem({ subscription: { Protocol: "email", Endpoint: "ops@example.com" } });
  expect((await snsCall(system, publish)).status).toBe(200);
  expect(system.notices).toEqual([]);
});

test.each<[string, Parameters<typeof aTopic>[0], RegExp]>([
  [
    "a queue that is not there",
    { subscription: { Endpoint: `${workArn}-x` } },
    /property Endpoint: there is no queue .*work-x/,
  ],
  [
    "a topic that is not there",
    { subscription: { TopicArn: `${topicArn}-x` } },
    /property TopicArn: there is no topic .*news-x/,
  ],
  [
    "a FIFO topic",
    { resources: { Fifo: { Type: "AWS::SNS::Topic", Properties: { TopicName: "t.fifo" } } } },
    /FIFO topics are not run/,
  ],
  ["a topic name used twice", { resources: { Again: aTopic().Topic } }, /the topic name news is used twice/],
])("%s in a template is an error that names it", async (_case, overrides, message) => {
  await expect(aTopicSystem(overrides)).rejects.toThrow(message);
});
