import * as z from "zod";
import { readPolicy } from "../iam/read-policy.ts";
import { resourceType } from "./resource-type.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-policy.html */
export const iamPolicy = resourceType({
  type: "AWS::IAM::Policy",
  honoured: z.strictObject({
    PolicyName: z.string(),
    PolicyDocument: z.unknown(),
    Roles: z.array(z.string()).default([]),
  }),
  // No function is a user, or in a group.
  withoutMeaning: ["Groups", "Users"],
  create({ PolicyName, PolicyDocument, Roles }, { services }) {
    const statements = readPolicy(PolicyDocument, "role");
    for (const role of Roles) services.rights.attach(role, statements);
    return { ref: PolicyName, attributes: { Id: PolicyName } };
  },
});
