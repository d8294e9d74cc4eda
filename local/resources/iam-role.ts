import * as z from "zod";
import { readPolicy } from "../iam/read-policy.ts";
import { physicalName } from "./physical-name.ts";
import { resourceType } from "./resource-type.ts";

/**
 * A boundary of permissions is not known here, and so refused: it would take rights away that are then missing in AWS.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html
 */
export const iamRole = resourceType({
  type: "AWS::IAM::Role",
  honoured: z.strictObject({
    RoleName: z.string().optional(),
    Path: z.string().default("/"),
    AssumeRolePolicyDocument: z.unknown(),
    Policies: z.array(z.strictObject({ PolicyName: z.string(), PolicyDocument: z.unknown() })).default([]),
    ManagedPolicyArns: z.array(z.string()).default([]),
  }),
  withoutMeaning: ["Description", "MaxSessionDuration", "Tags"],
  create({ RoleName, Path, AssumeRolePolicyDocument, Policies, ManagedPolicyArns }, place) {
    const { rights } = place.services;
    const name = physicalName(RoleName, place);
    const arn = `arn:aws:iam::${place.stack.accountId}:role${Path}${name}`;
    rights.addRole(arn, readPolicy(AssumeRolePolicyDocument, "resource"));
    for (const { PolicyDocument } of Policies) rights.attach(name, readPolicy(PolicyDocument, "role"));
    for (const policyArn of ManagedPolicyArns) rights.attachManagedPolicy(name, policyArn);
    return { ref: name, attributes: { Arn: arn, RoleId: name } };
  },
});
