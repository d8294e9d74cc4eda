import { aLocalSystem, type RunningSystem } from "../support/a-local-system.ts";
import { aQueueFor } from "../support/a-queue-for.ts";

export interface TopicOverrides {
  readonly subscription?: Readonly<Record<string, unknown>>;
  readonly resources?: Readonly<Record<string, unknown>>;
}

export const topicArn = "arn:aws:sns:us-east-1:000000000000:news";

/** The topic `news`, to which the queue `work` is subscribed; a queue `undelivered` may take what cannot be delivered. */
export const aTopic = ({ subscription, resources }: TopicOverrides = {}) => ({
  ...aQueueFor("sns", "work", { Ref: "Topic" }),
  ...aQueueFor("sns", "undelivered"),
  Topic: { Type: "AWS::SNS::Topic", Properties: { TopicName: "news" } },
  Subscription: {
    Type: "AWS::SNS::Subscription",
    Properties: {
      TopicArn: { Ref: "Topic" },
      Protocol: "sqs",
      Endpoint: { "Fn::GetAtt": ["workQueue", "Arn"] },
      ...subscription,
    },
  },
  ...resources,
});

export const aTopicSystem = async (overrides: TopicOverrides = {}): Promise<RunningSystem> =>
  await aLocalSystem({ Resources: aTopic(overrides) });

/** Calls SNS in its query protocol, as the AWS CLI does, and gives the XML of the answer. */
export async function snsCall(
  { system }: RunningSystem,
  form: Readonly<Record<string, string>>,
): Promise<{ readonly status: number; readonly xml: string }> {
  const response = await fetch(system.endpoint, {
    method: "POST",
    headers: {
      "content-type": "application/x-www-form-urlencoded; charset=utf-8",
      authorization:
        "AWS4-HMAC-SHA256 Credential=test/20261120/us-east-1/sns/aws4_request, SignedHeaders=host, Signature=0",
    },
    body: new URLSearchParams({ Version: "2010-03-31", ...form }).toString(),
  });
  return { status: response.status, xml: await response.text() };
}

/** The text of the first element with this name. */
export const inXml = (xml: string, name: string): string =>
  new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1] ?? "";
