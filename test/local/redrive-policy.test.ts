import { ReceiveMessageCommand, SendMessageCommand } from "@aws-sdk/client-sqs";
import { expect, test } from "@jest/globals";
import { aLocalSystem } from "./support/a-local-system.ts";
import { until } from "./support/until.ts";

test("a message that is received too often moves to the dead-letter queue with all that it carries", async () => {
  const { system, sqs } = await aLocalSystem({
    Resources: {
      Work: {
        Type: "AWS::SQS::Queue",
        Properties: {
          QueueName: "work",
          RedrivePolicy: { deadLetterTargetArn: { "Fn::GetAtt": ["Dead", "Arn"] }, maxReceiveCount: 2 },
        },
      },
      Dead: { Type: "AWS::SQS::Queue", Properties: { QueueName: "dead" } },
    },
  });
  const QueueUrl = system.queueUrls["work"];
  const sent = await sqs.send(
    new SendMessageCommand({
      QueueUrl,
      MessageBody: "x",
      MessageGroupId: "billing",
      MessageAttributes: { a: { DataType: "String", StringValue: "b" } },
    }),
  );
  await until("the move", async () => {
    await sqs.send(new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout: 0 }));
    return system.queueDepths()["dead"]?.visible === 1;
  });
  const { Messages } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: system.queueUrls["dead"],
      MessageAttributeNames: ["All"],
      MessageSystemAttributeNames: ["All"],
    }),
  );
  expect(Messages).toMatchObject([
    {
      MessageId: sent.MessageId,
      Body: "x",
      MessageAttributes: { a: { DataType: "String", StringValue: "b" } },
      Attributes: { MessageGroupId: "billing", ApproximateReceiveCount: "4" },
    },
  ]);
});
