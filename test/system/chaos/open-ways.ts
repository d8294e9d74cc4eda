import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import { S3Client } from "@aws-sdk/client-s3";
import { CreateTopicCommand, SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import { GetQueueAttributesCommand, SetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { LocalSystem } from "#local/start-local-system.ts";
import { OPERATIONS, type Operation } from "#shared/contract/operation.ts";
import { QueueClient } from "#test/support/queue-client.ts";

/** An upstream's own topics and rule for the live queue of one operation. */
export interface Doors {
  readonly topicArn: string;
  /** Delivers what is published as it is. */
  readonly rawTopicArn: string;
  /** The `detail-type` that the rule on the default bus takes; its `detail` is the message. */
  readonly detailType: string;
}

/** Everything with which upstreams ask for contacts. */
export interface Ways {
  readonly queues: QueueClient;
  readonly events: EventBridgeClient;
  readonly sns: SNSClient;
  readonly s3: S3Client;
  readonly busName: string;
  readonly payloadBucket: string;
  readonly doors: Readonly<Record<Operation, Doors>>;
  close(): void;
}

/** Makes a rule, a topic and a raw topic for each operation, and lets them into its live queue, as a platform team would. */
export async function openWays(system: LocalSystem): Promise<Ways> {
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const place = { endpoint: system.endpoint, region: "us-east-1", credentials };
  const queues = new QueueClient(system);
  const clients = {
    sqs: new SQSClient(place),
    events: new EventBridgeClient(place),
    sns: new SNSClient(place),
    s3: new S3Client({ ...place, forcePathStyle: true }),
  };
  const opened = await Promise.all(
    OPERATIONS.map(async (operation) => [operation, await openDoors(clients, queues, operation)] as const),
  );
  return {
    queues,
    ...clients,
    busName: system.outputs["EventBusName"] ?? "",
    payloadBucket: system.outputs["PayloadBucketName"] ?? "",
    doors: Object.fromEntries(opened) as Record<Operation, Doors>,
    close: () => {
      for (const client of Object.values(clients)) client.destroy();
    },
  };
}

interface Clients {
  readonly sqs: SQSClient;
  readonly events: EventBridgeClient;
  readonly sns: SNSClient;
}

async function openDoors({ sqs, events, sns }: Clients, queues: QueueClient, operation: Operation): Promise<Doors> {
  const QueueUrl = queues.urlOf(operation, "live");
  const { Attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["QueueArn", "Policy"] }),
  );
  const { QueueArn: queueArn = "", Policy = '{"Version":"2012-10-17","Statement":[]}' } = Attributes;
  const detailType = `${operation} Wanted`;
  const rule = { Name: `${operation}-wanted`, EventPattern: JSON.stringify({ "detail-type": [detailType] }) };
  const { RuleArn = "" } = await events.send(new PutRuleCommand(rule));
  const [topicArn, rawTopicArn] = await Promise.all(
    ["wanted", "wanted-raw"].map(async (name) => {
      const { TopicArn = "" } = await sns.send(new CreateTopicCommand({ Name: `${operation}-${name}` }));
      return TopicArn;
    }),
  );
  const policy = JSON.parse(Policy);
  policy.Statement.push(
    ...[RuleArn, topicArn, rawTopicArn].map((source) => ({
      Effect: "Allow",
      Principal: { Service: source === RuleArn ? "events.amazonaws.com" : "sns.amazonaws.com" },
      Action: "sqs:SendMessage",
      Resource: queueArn,
      Condition: { ArnEquals: { "aws:SourceArn": source } },
    })),
  );
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy: JSON.stringify(policy) } }));
  const target = { Id: "contact-requests", Arn: queueArn, InputPath: "$.detail" };
  await events.send(new PutTargetsCommand({ Rule: rule.Name, Targets: [target] }));
  const subscription = { Protocol: "sqs", Endpoint: queueArn };
  await sns.send(new SubscribeCommand({ ...subscription, TopicArn: topicArn }));
  await sns.send(
    new SubscribeCommand({ ...subscription, TopicArn: rawTopicArn, Attributes: { RawMessageDelivery: "true" } }),
  );
  return { topicArn: topicArn ?? "", rawTopicArn: rawTopicArn ?? "", detailType };
}
