import { expect, test } from "@jest/globals";
import { received } from "../support/received.ts";
import { aTopicSystem, inXml, snsCall, topicArn } from "./a-topic.ts";

const attribute = { "MessageAttributes.entry.1.Name": "kind" };
const ofText = {
  "MessageAttributes.entry.1.Value.DataType": "String",
  "MessageAttributes.entry.1.Value.StringValue": "a",
};
const ofBytes = {
  "MessageAttributes.entry.2.Name": "bytes",
  "MessageAttributes.entry.2.Value.DataType": "Binary",
  "MessageAttributes.entry.2.Value.BinaryValue": "AAE=",
};
const published = {
  Action: "Publish",
  TopicArn: topicArn,
  Message: `{"a":"é😀"}`,
  MessageGroupId: "billing",
  ...attribute,
  ...ofText,
  ...ofBytes,
};

test("a queue gets what is published in an envelope, with AWS's members in AWS's order", async () => {
  const system = await aTopicSystem();
  const { status, xml } = await snsCall(system, { ...published, Subject: "Hello" });
  expect(status).toBe(200);
  const { Body, MessageAttributes, Attributes } = await received(system, "work");
  const envelope: Record<string, unknown> = JSON.parse(Body ?? "");
  expect(Object.entries(envelope)).toEqual([
    ["Type", "Notification"],
    ["MessageId", inXml(xml, "MessageId")],
    ["TopicArn", topicArn],
    ["Subject", "Hello"],
    ["Message", `{"a":"é😀"}`],
    ["Timestamp", expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)],
    ["SignatureVersion", "1"],
    ["Signature", expect.stringMatching(/^[A-Za-z0-9+/]+=*$/)],
    [
      "SigningCertURL",
      expect.stringMatching(/^https:\/\/sns\.us-east-1\.amazonaws\.com\/SimpleNotificationService-\w+\.pem$/),
    ],
    ["UnsubscribeURL", expect.stringContaining(`?Action=Unsubscribe&SubscriptionArn=${topicArn}:`)],
    ["MessageAttributes", { kind: { Type: "String", Value: "a" }, bytes: { Type: "Binary", Value: "AAE=" } }],
  ]);
  expect(MessageAttributes).toBeUndefined();
  expect(Attributes?.["MessageGroupId"]).toBe("billing");
});

test("what was not given is not in the envelope", async () => {
  const system = await aTopicSystem();
  await snsCall(system, { Action: "Publish", TopicArn: topicArn, Message: "x" });
  const envelope: object = JSON.parse((await received(system, "work")).Body ?? "");
  expect(Object.keys(envelope)).not.toEqual(expect.arrayContaining(["Subject"]));
  expect(Object.keys(envelope)).not.toEqual(expect.arrayContaining(["MessageAttributes"]));
});

test("with raw delivery the message is the body, and its attributes are the queue message's", async () => {
  const system = await aTopicSystem({ subscription: { RawMessageDelivery: true } });
  await snsCall(system, published);
  const { Body, MessageAttributes, Attributes } = await received(system, "work");
  expect(Body).toBe(`{"a":"é😀"}`);
  expect(MessageAttributes).toEqual({
    kind: { DataType: "String", StringValue: "a" },
    bytes: { DataType: "Binary", BinaryValue: new Uint8Array([0, 1]) },
  });
  expect(Attributes?.["MessageGroupId"]).toBe("billing");
});

test.each([
  [`{"default":"d","sqs":"s"}`, "s"],
  [`{"default":"d","email":"e"}`, "d"],
])("with a message structure of json, %s is %s for a queue", async (Message, expected) => {
  const system = await aTopicSystem({ subscription: { RawMessageDelivery: "true" } });
  await snsCall(system, { Action: "Publish", TopicArn: topicArn, MessageStructure: "json", Message });
  expect((await received(system, "work")).Body).toBe(expected);
});

test.each<[string, Record<string, string>, number, string, RegExp]>([
  ["no message", { Message: "" }, 400, "InvalidParameter", /Empty message/],
  ["a message over 256 KiB", { Message: "x".repeat(262_145) }, 400, "InvalidParameter", /Message too long/],
  ["a subject with a line break", { Subject: "a\nb" }, 400, "InvalidParameter", /Subject/],
  [
    "a structure without a default",
    { MessageStructure: "json", Message: "{}" },
    400,
    "InvalidParameter",
    /No default entry/,
  ],
  [
    "a structure that is no JSON",
    { MessageStructure: "json", Message: "{" },
    400,
    "InvalidParameter",
    /failed to parse/,
  ],
  ["an attribute without a value", { ...attribute }, 400, "InvalidParameter", /attribute at position 1/],
  ["a topic that is not there", { TopicArn: `${topicArn}-x` }, 404, "NotFound", /Topic does not exist/],
  ["a FIFO topic", { TopicArn: `${topicArn}.fifo` }, 400, "InvalidParameter", /FIFO topics are not run/],
])("%s is refused", async (_case, overrides, expectedStatus, code, message) => {
  const system = await aTopicSystem();
  const form = { Action: "Publish", TopicArn: topicArn, Message: "x", ...overrides };
  const { status, xml } = await snsCall(system, form);
  expect([status, inXml(xml, "Code")]).toEqual([expectedStatus, code]);
  expect(inXml(xml, "Message")).toMatch(message);
  expect(system.system.queueDepths()["work"]?.visible).toBe(0);
});
