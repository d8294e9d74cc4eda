import { declaredOnly } from "./declared-only.ts";

/** Rights are not evaluated: every call is allowed. */
export const iamPolicy = declaredOnly({
  type: "AWS::IAM::Policy",
  properties: ["Groups", "PolicyDocument", "PolicyName", "Roles", "Users"],
  names: ({ PolicyName }) => ({ ref: String(PolicyName), attributes: { Id: String(PolicyName) } }),
});
