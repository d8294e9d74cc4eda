import * as z from "zod";
import { TemplateError } from "../template/template-error.ts";
import { flag } from "./flag.ts";
import { queueByArn } from "./queue-by-arn.ts";
import { resourceType } from "./resource-type.ts";

const honoured = z.strictObject({
  TopicArn: z.string(),
  Protocol: z.string(),
  Endpoint: z.string(),
  RawMessageDelivery: flag.optional(),
  FilterPolicy: z.record(z.string(), z.unknown()).optional(),
  FilterPolicyScope: z.enum(["MessageAttributes", "MessageBody"]).optional(),
  RedrivePolicy: z.strictObject({ deadLetterTargetArn: z.string() }).optional(),
});

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-subscription.html */
export const snsSubscription = resourceType({
  type: "AWS::SNS::Subscription",
  honoured,
  withoutMeaning: ["DeliveryPolicy", "Region"],
  create({ TopicArn, Protocol, Endpoint, ...settings }, { services }) {
    // Nobody is called or mailed from one machine: a subscription that is not a queue is kept and gets nothing.
    if (Protocol === "sqs" && queueByArn(services.fauxqs.sqsStore, Endpoint) === undefined) {
      throw new TemplateError(`property Endpoint: there is no queue ${Endpoint}.`);
    }
    const subscription = services.fauxqs.snsStore.subscribe(TopicArn, Protocol, Endpoint, asAttributes(settings));
    if (subscription === undefined) throw new TemplateError(`property TopicArn: there is no topic ${TopicArn}.`);
    return { ref: subscription.arn, attributes: { Arn: subscription.arn } };
  },
});

/** SNS holds flags as text and policies as JSON. */
function asAttributes(settings: Readonly<Record<string, unknown>>): Record<string, string> {
  const given = Object.entries(settings).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    given.map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)]),
  );
}
