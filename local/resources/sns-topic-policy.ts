import { declaredOnly } from "./declared-only.ts";

/** Who may publish to a topic. */
export const snsTopicPolicy = declaredOnly({
  type: "AWS::SNS::TopicPolicy",
  properties: ["PolicyDocument", "Topics"],
  names: (_properties, { logicalId }) => ({ ref: logicalId, attributes: { Id: logicalId } }),
});
