import * as z from "zod";
import { readPolicy } from "../iam/read-policy.ts";
import { resourceType } from "./resource-type.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-topicpolicy.html */
export const snsTopicPolicy = resourceType({
  type: "AWS::SNS::TopicPolicy",
  honoured: z.strictObject({ PolicyDocument: z.unknown(), Topics: z.array(z.string()) }),
  withoutMeaning: [],
  create({ PolicyDocument, Topics }, { logicalId, services }) {
    const statements = readPolicy(PolicyDocument, "resource");
    for (const topicArn of Topics) services.rights.setResourcePolicy(topicArn, statements);
    return { ref: logicalId, attributes: { Id: logicalId } };
  },
});
