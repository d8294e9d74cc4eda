import * as z from "zod";
import { readPolicy } from "../iam/read-policy.ts";
import { generatedName } from "../template/stack-identity.ts";
import { resourceType } from "./resource-type.ts";

/**
 * Nothing is encrypted on one machine; who may use the key is held to.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-key.html
 */
export const kmsKey = resourceType({
  type: "AWS::KMS::Key",
  honoured: z.strictObject({ KeyPolicy: z.unknown() }),
  withoutMeaning: [
    "BypassPolicyLockoutSafetyCheck",
    "Description",
    "EnableKeyRotation",
    "Enabled",
    "KeySpec",
    "KeyUsage",
    "MultiRegion",
    "PendingWindowInDays",
    "RotationPeriodInDays",
    "Tags",
  ],
  create({ KeyPolicy }, { stack, logicalId, services }) {
    const id = generatedName(stack, logicalId, 63);
    const arn = `arn:aws:kms:${stack.region}:${stack.accountId}:key/${id}`;
    services.rights.setResourcePolicy(arn, readPolicy(KeyPolicy, "resource"));
    services.rights.nameKey(id, arn);
    return { ref: id, attributes: { Arn: arn, KeyId: id } };
  },
});
