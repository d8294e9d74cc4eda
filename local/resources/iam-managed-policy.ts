import { declaredOnly } from "./declared-only.ts";
import { physicalName } from "./physical-name.ts";

/** Rights are not evaluated: every call is allowed. */
export const iamManagedPolicy = declaredOnly({
  type: "AWS::IAM::ManagedPolicy",
  properties: ["Description", "Groups", "ManagedPolicyName", "Path", "PolicyDocument", "Roles", "Users"],
  names: ({ ManagedPolicyName }, place) => {
    const arn = `arn:aws:iam::${place.stack.accountId}:policy/${physicalName(ManagedPolicyName, place)}`;
    return { ref: arn, attributes: { PolicyArn: arn } };
  },
});
