import * as z from "zod";
import { readPolicy } from "../iam/read-policy.ts";
import { physicalName } from "./physical-name.ts";
import { resourceType } from "./resource-type.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-managedpolicy.html */
export const iamManagedPolicy = resourceType({
  type: "AWS::IAM::ManagedPolicy",
  honoured: z.strictObject({
    ManagedPolicyName: z.string().optional(),
    Path: z.string().default("/"),
    PolicyDocument: z.unknown(),
    Roles: z.array(z.string()).default([]),
  }),
  // No function is a user, or in a group.
  withoutMeaning: ["Description", "Groups", "Users"],
  create({ ManagedPolicyName, Path, PolicyDocument, Roles }, place) {
    const { services, stack } = place;
    const arn = `arn:aws:iam::${stack.accountId}:policy${Path}${physicalName(ManagedPolicyName, place)}`;
    services.rights.addManagedPolicy(arn, readPolicy(PolicyDocument, "role"));
    for (const role of Roles) services.rights.attachManagedPolicy(role, arn);
    return { ref: arn, attributes: { PolicyArn: arn } };
  },
});
