import * as z from "zod";
import { TemplateError } from "../template/template-error.ts";
import { physicalName } from "./physical-name.ts";
import { resourceType } from "./resource-type.ts";

const honoured = z.strictObject({
  TopicName: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,256}$/, "a name of 1 to 256 letters, digits, - and _ (FIFO topics are not run locally)")
    .optional(),
});

/**
 * A topic, to publish on and subscribe to. There are no alarms on one machine, so nothing comes by itself.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-topic.html
 */
export const snsTopic = resourceType({
  type: "AWS::SNS::Topic",
  honoured,
  withoutMeaning: ["DisplayName", "KmsMasterKeyId", "SignatureVersion", "Tags", "TracingConfig"],
  create({ TopicName }, place) {
    const { topics } = place.services.fauxqs.snsStore;
    const name = physicalName(TopicName, place);
    const arn = `arn:aws:sns:${place.stack.region}:${place.stack.accountId}:${name}`;
    if (topics.has(arn)) {
      throw new TemplateError(`the topic name ${name} is used twice. Give ${place.logicalId} a TopicName of its own.`);
    }
    // Not fauxqs's own createTopic: it knows one account only.
    topics.set(arn, { arn, name, attributes: {}, tags: new Map(), subscriptionArns: [] });
    return { ref: arn, attributes: { TopicArn: arn, TopicName: name } };
  },
});
