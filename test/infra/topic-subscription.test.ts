import { expect, test } from "@jest/globals";
import { Topic } from "aws-cdk-lib/aws-sns";
import { SqsSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import { Deployment } from "./support/deployment.ts";
import { PLACE } from "./support/instances.ts";

// CDK's own subscription is all that it takes.
const deployment = Deployment.with((requests, stack) => {
  const topic = new Topic(stack, "CallBacks");
  topic.addSubscription(new SqsSubscription(requests.queuesOf("CreateContact").live, { rawMessageDelivery: true }));
});
const [topic] = deployment.ofType("AWS::SNS::Topic");
const ofTopic = { ArnEquals: { "aws:SourceArn": { Ref: topic?.logicalId } } };
const live = deployment.laneQueue("CreateContact", "live");

test("a topic that a live queue subscribes to may send to it", () => {
  expect(deployment.queuePolicy(live)).toContainEqual({
    effect: "Allow",
    actions: ["sqs:SendMessage"],
    resources: [`<${live.logicalId}.Arn>`],
    principals: ["Service:sns.amazonaws.com"],
    condition: ofTopic,
  });
});

test("a topic may use the key of the queue", () => {
  expect(deployment.keyPolicy).toContainEqual({
    effect: "Allow",
    actions: ["kms:Decrypt", "kms:GenerateDataKey"],
    resources: ["*"],
    principals: ["Service:events.amazonaws.com", "Service:sns.amazonaws.com"],
    condition: { StringEquals: { "aws:SourceAccount": PLACE.account } },
  });
});

test("no topic may send to a queue that nobody subscribed to it", () => {
  const others = deployment.ofType("AWS::SQS::Queue").filter(({ logicalId }) => logicalId !== live.logicalId);
  expect(JSON.stringify(others.map((queue) => deployment.queuePolicy(queue)))).not.toContain("sns.amazonaws.com");
});
