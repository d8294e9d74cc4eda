import { NO_VALUE } from "./resolve-value.ts";
import type { StackIdentity } from "./stack-identity.ts";

/** The values behind `AWS::…`. */
export const pseudoParameters = (stack: StackIdentity): ReadonlyMap<string, unknown> =>
  new Map<string, unknown>([
    ["AWS::AccountId", stack.accountId],
    ["AWS::NoValue", NO_VALUE],
    ["AWS::Partition", "aws"],
    ["AWS::Region", stack.region],
    ["AWS::StackId", `arn:aws:cloudformation:${stack.region}:${stack.accountId}:stack/${stack.stackName}/local`],
    ["AWS::StackName", stack.stackName],
    ["AWS::URLSuffix", "amazonaws.com"],
  ]);
