import type { Stack } from "aws-cdk-lib";
import * as z from "zod";

/** A queue's URL or an ARN is not longer, with the longest Region and a name of 80 characters. */
const LONGEST_REFERENCE_BYTES = 160;

const joined = z.object({ "Fn::Join": z.tuple([z.literal(""), z.array(z.unknown())]) });

/** How many bytes a text may have once its references are resolved at deployment: an upper bound. */
export function mostBytes(text: string, stack: Stack): number {
  const resolved: unknown = stack.resolve(text);
  const parts = joined.safeParse(resolved).data?.["Fn::Join"][1] ?? [resolved];
  return parts.reduce(
    (sum: number, part) => sum + (typeof part === "string" ? Buffer.byteLength(part) : LONGEST_REFERENCE_BYTES),
    0,
  );
}
