import { ReceiveMessageCommand, SendMessageBatchCommand, SendMessageCommand } from "@aws-sdk/client-sqs";
import { expect, test } from "@jest/globals";
import { aLocalSystem } from "./support/a-local-system.ts";
import { aWorker } from "./support/a-worker.ts";
import { reported } from "./support/reported.ts";
import { until } from "./support/until.ts";

const trace = { AWSTraceHeader: { DataType: "String", StringValue: "Root=1-5759e988-bd862e3fe1be46a994272793" } };
const Resources = { Queue: { Type: "AWS::SQS::Queue", Properties: { QueueName: "work" } } };

test("the group id and the trace header of a message reach the function, one by one and in batches", async () => {
  const code = `export const handler = async ({ Records }) => {
    for (const { body, attributes } of Records) console.log("REPORT " + JSON.stringify([body, attributes.MessageGroupId, attributes.AWSTraceHeader]));
  };`;
  const { system, sqs, lines } = await aLocalSystem(aWorker(code));
  const QueueUrl = system.queueUrls["work"];
  await sqs.send(
    new SendMessageCommand({ QueueUrl, MessageBody: "1", MessageGroupId: "billing", MessageSystemAttributes: trace }),
  );
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "2" }));
  const Entries = [
    {
      Id: "a",
      MessageBody: "3",
      MessageGroupId: "sales",
      MessageAttributes: { x: { DataType: "String", StringValue: "y" } },
    },
    { Id: "b", MessageBody: "4", MessageSystemAttributes: trace },
  ];
  await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
  await until("four messages", () => reported(lines).length === 4);
  expect(reported<string[]>(lines).sort()).toEqual([
    ["1", "billing", trace.AWSTraceHeader.StringValue],
    ["2", null, null],
    ["3", "sales", null],
    ["4", null, trace.AWSTraceHeader.StringValue],
  ]);
});

test.each<[string[] | undefined, Record<string, string> | undefined]>([
  [["MessageGroupId"], { MessageGroupId: "billing" }],
  [["AWSTraceHeader"], { AWSTraceHeader: trace.AWSTraceHeader.StringValue }],
  [["ApproximateReceiveCount"], { ApproximateReceiveCount: "1" }],
  [undefined, undefined],
])("a receiver who asks for %j gets just that", async (names, expected) => {
  const { system, sqs } = await aLocalSystem({ Resources });
  const QueueUrl = system.queueUrls["work"];
  await sqs.send(
    new SendMessageCommand({ QueueUrl, MessageBody: "1", MessageGroupId: "billing", MessageSystemAttributes: trace }),
  );
  const { Messages } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl, MessageSystemAttributeNames: names as never }),
  );
  expect(Messages?.[0]?.Attributes).toEqual(expected);
});

test("a group id stays with its message through every receive", async () => {
  const { system, sqs } = await aLocalSystem({ Resources });
  const QueueUrl = system.queueUrls["work"];
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "1", MessageGroupId: "billing" }));
  for (const count of ["1", "2"]) {
    const { Messages } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout: 0, MessageSystemAttributeNames: ["All"] }),
    );
    expect(Messages?.[0]?.Attributes).toMatchObject({ MessageGroupId: "billing", ApproximateReceiveCount: count });
  }
});
