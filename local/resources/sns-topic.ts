import { declaredOnly } from "./declared-only.ts";
import { physicalName } from "./physical-name.ts";

/** Topics are where alarms go, and there are no alarms on one machine: nothing can be published. */
export const snsTopic = declaredOnly({
  type: "AWS::SNS::Topic",
  properties: ["DisplayName", "KmsMasterKeyId", "SignatureVersion", "Tags", "TopicName", "TracingConfig"],
  names: ({ TopicName }, place) => {
    const name = physicalName(TopicName, place);
    const arn = `arn:aws:sns:${place.stack.region}:${place.stack.accountId}:${name}`;
    return { ref: arn, attributes: { TopicArn: arn, TopicName: name } };
  },
});
