import { Stack } from "aws-cdk-lib";
import type { IConstruct } from "constructs";
import * as z from "zod";
import { acknowledge } from "./acknowledge.ts";

/** Acknowledges that a policy of a construct names these ARNs, which have a wildcard, with the reason why. */
export function acknowledgeWildcards(construct: IConstruct, arns: readonly string[], reason: string): void {
  const stack = Stack.of(construct);
  for (const arn of arns)
    acknowledge(construct, { [`AwsSolutions-IAM5[Resource::${asNagWrites(stack.resolve(arn))}]`]: reason });
}

const joined = z.strictObject({ "Fn::Join": z.tuple([z.literal(""), z.array(z.unknown())]) });
const reference = z.strictObject({ Ref: z.string() });

/** cdk-nag names a finding by its ARN, with what is known at deployment only in angle brackets. */
function asNagWrites(value: unknown): string {
  if (typeof value === "string") return value;
  const parts = joined.safeParse(value).data?.["Fn::Join"][1];
  if (parts !== undefined) return parts.map(asNagWrites).join("");
  const { Ref } = reference.parse(value);
  return `<${Ref}>`;
}
