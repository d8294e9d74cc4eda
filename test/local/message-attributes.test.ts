import { ReceiveMessageCommand, SendMessageCommand } from "@aws-sdk/client-sqs";
import { expect, test } from "@jest/globals";
import { aLocalSystem } from "./support/a-local-system.ts";
import { aWorker } from "./support/a-worker.ts";
import { reported } from "./support/reported.ts";
import { until } from "./support/until.ts";

const MessageAttributes = {
  text: { DataType: "String", StringValue: "zwölf" },
  number: { DataType: "Number.int", StringValue: "12" },
  bytes: { DataType: "Binary", BinaryValue: new Uint8Array([0, 255, 10]) },
};

test("a function gets the event that Lambda makes of a message, attributes of every type included", async () => {
  const code = `export const handler = async (event) => console.log("REPORT " + JSON.stringify(event));`;
  const { system, sqs, lines } = await aLocalSystem(aWorker(code));
  const sent = await sqs.send(
    new SendMessageCommand({ QueueUrl: system.queueUrls["work"], MessageBody: "hello", MessageAttributes }),
  );
  const event = await until("the event", () => reported(lines)[0]);
  const lists = { stringListValues: [], binaryListValues: [] };
  expect(event).toEqual({
    Records: [
      {
        messageId: sent.MessageId,
        receiptHandle: expect.any(String),
        body: "hello",
        attributes: {
          ApproximateReceiveCount: "1",
          SentTimestamp: expect.stringMatching(/^\d{13}$/),
          SenderId: expect.any(String),
          ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
        },
        messageAttributes: {
          text: { stringValue: "zwölf", ...lists, dataType: "String" },
          number: { stringValue: "12", ...lists, dataType: "Number.int" },
          bytes: { binaryValue: "AP8K", ...lists, dataType: "Binary" },
        },
        md5OfBody: "5d41402abc4b2a76b9719d911017c592",
        md5OfMessageAttributes: sent.MD5OfMessageAttributes,
        eventSource: "aws:sqs",
        eventSourceARN: "arn:aws:sqs:us-east-1:000000000000:work",
        awsRegion: "us-east-1",
      },
    ],
  });
});

const stored = { ...MessageAttributes, "trace.id": { DataType: "String", StringValue: "1" } };

test.each<[string, string[] | undefined, string[] | undefined]>([
  ["all", ["All"], ["bytes", "number", "text", "trace.id"]],
  ["some by name", ["text", "absent"], ["text"]],
  ["some by prefix", ["trace.*"], ["trace.id"]],
  ["none", undefined, undefined],
])("a receiver who asks for %s gets just those", async (_name, MessageAttributeNames, expected) => {
  const { system, sqs } = await aLocalSystem({
    Resources: { Q: { Type: "AWS::SQS::Queue", Properties: { QueueName: "q" } } },
  });
  const QueueUrl = system.queueUrls["q"];
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "x", MessageAttributes: stored }));
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MessageAttributeNames }));
  const received = Messages?.[0]?.MessageAttributes;
  expect(received && Object.keys(received).sort()).toEqual(expected);
  for (const name of expected ?? []) expect(received?.[name]).toEqual(stored[name as keyof typeof stored]);
});
