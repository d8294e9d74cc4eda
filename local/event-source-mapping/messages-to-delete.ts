import * as z from "zod";
import type { InvocationOutcome } from "../lambda/invocation-outcome.ts";

/**
 * Which messages of a batch are done and leave the queue; the others return when their visibility timeout ends. With
 * partial responses, Lambda takes an empty or absent list for a complete success, and a response that it cannot read, or
 * that names what is not in the batch, for a complete failure.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export function messagesToDelete(
  messageIds: readonly string[],
  outcome: InvocationOutcome,
  { reportsBatchItemFailures }: { readonly reportsBatchItemFailures: boolean },
): readonly string[] {
  if (outcome.kind !== "succeeded") return [];
  if (!reportsBatchItemFailures) return messageIds;

  const response = partialResponse.safeParse(outcome.response);
  if (!response.success) return [];
  const failed = new Set(response.data?.batchItemFailures?.map(({ itemIdentifier }) => itemIdentifier));
  const areAllInBatch = [...failed].every((id) => messageIds.includes(id));
  return areAllInBatch ? messageIds.filter((id) => !failed.has(id)) : [];
}

const partialResponse = z
  .looseObject({ batchItemFailures: z.array(z.looseObject({ itemIdentifier: z.string().min(1) })).nullish() })
  .nullish();
