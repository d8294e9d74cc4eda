import { generatedName } from "../template/stack-identity.ts";
import { declaredOnly } from "./declared-only.ts";

/** Nothing is encrypted on one machine. */
export const kmsKey = declaredOnly({
  type: "AWS::KMS::Key",
  properties: [
    "BypassPolicyLockoutSafetyCheck",
    "Description",
    "EnableKeyRotation",
    "Enabled",
    "KeyPolicy",
    "KeySpec",
    "KeyUsage",
    "MultiRegion",
    "PendingWindowInDays",
    "RotationPeriodInDays",
    "Tags",
  ],
  names: (_properties, { stack, logicalId }) => {
    const id = generatedName(stack, logicalId, 63);
    return { ref: id, attributes: { Arn: `arn:aws:kms:${stack.region}:${stack.accountId}:key/${id}`, KeyId: id } };
  },
});
