import { GetQueueAttributesCommand, GetQueueUrlCommand, ListQueuesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect, test } from "@jest/globals";
import { aLocalSystem } from "./support/a-local-system.ts";

const Resources = {
  Dead: { Type: "AWS::SQS::Queue", Properties: { QueueName: "dead", MessageRetentionPeriod: 1_209_600 } },
  Live: {
    Type: "AWS::SQS::Queue",
    Properties: {
      QueueName: "live",
      VisibilityTimeout: 360,
      DelaySeconds: "2",
      RedrivePolicy: { deadLetterTargetArn: { "Fn::GetAtt": ["Dead", "Arn"] }, maxReceiveCount: 1000 },
    },
  },
};

test("queues have the attributes of the template", async () => {
  const { system, sqs } = await aLocalSystem({ Resources });
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: system.queueUrls["live"], AttributeNames: ["All"] }),
  );
  expect(Attributes).toMatchObject({
    QueueArn: "arn:aws:sqs:us-east-1:000000000000:live",
    VisibilityTimeout: "360",
    DelaySeconds: "2",
    RedrivePolicy: `{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:000000000000:dead","maxReceiveCount":1000}`,
  });
});

test("every way of asking gives URLs on 127.0.0.1", async () => {
  const { system, sqs } = await aLocalSystem({ Resources });
  const urls = { dead: `${system.endpoint}/000000000000/dead`, live: `${system.endpoint}/000000000000/live` };
  expect(system.queueUrls).toEqual(urls);
  expect((await sqs.send(new GetQueueUrlCommand({ QueueName: "live" }))).QueueUrl).toBe(urls.live);
  expect((await sqs.send(new ListQueuesCommand({}))).QueueUrls).toEqual([urls.dead, urls.live]);
});

test("a stack that is bound to an account has its queues there", async () => {
  const { system, sqs } = await aLocalSystem({ Resources, environment: "aws://123456789012/us-east-1" });
  expect(system.queueUrls["live"]).toBe(`${system.endpoint}/123456789012/live`);
  expect((await sqs.send(new GetQueueUrlCommand({ QueueName: "live" }))).QueueUrl).toBe(system.queueUrls["live"]);
});

test("a client with another Region in its settings finds the queues all the same", async () => {
  const { system } = await aLocalSystem({ Resources });
  const sqs = new SQSClient({
    endpoint: system.endpoint,
    region: "eu-west-3",
    credentials: { accessKeyId: "a", secretAccessKey: "b" },
  });
  expect((await sqs.send(new GetQueueUrlCommand({ QueueName: "live" }))).QueueUrl).toBe(system.queueUrls["live"]);
  sqs.destroy();
});
