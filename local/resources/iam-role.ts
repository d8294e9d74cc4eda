import { declaredOnly } from "./declared-only.ts";
import { physicalName } from "./physical-name.ts";

/** Rights are not evaluated: every call is allowed. */
export const iamRole = declaredOnly({
  type: "AWS::IAM::Role",
  properties: [
    "AssumeRolePolicyDocument",
    "Description",
    "ManagedPolicyArns",
    "MaxSessionDuration",
    "Path",
    "PermissionsBoundary",
    "Policies",
    "RoleName",
    "Tags",
  ],
  names: ({ RoleName }, place) => {
    const name = physicalName(RoleName, place);
    return { ref: name, attributes: { Arn: `arn:aws:iam::${place.stack.accountId}:role/${name}`, RoleId: name } };
  },
});
