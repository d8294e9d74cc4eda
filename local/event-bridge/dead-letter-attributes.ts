import type { MessageAttributeValue } from "@aws-sdk/client-sqs";
import type { MatchedEvent } from "./matched-event.ts";
import type { Target } from "./target.ts";
import type { Undelivered } from "./undelivered.ts";

/** What EventBridge writes on a dead letter. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html */
export const deadLetterAttributes = (
  { rule }: MatchedEvent,
  { description }: Target,
  { sent, retries, exhausted }: Undelivered,
): Record<string, MessageAttributeValue> => ({
  RULE_ARN: text(rule.arn),
  TARGET_ARN: text(description.Arn),
  ERROR_CODE: text(sent.code),
  ERROR_MESSAGE: text(sent.message),
  ...(exhausted === undefined ? {} : { EXHAUSTED_RETRY_CONDITION: text(exhausted) }),
  RETRY_ATTEMPTS: { DataType: "Number", StringValue: String(retries) },
});

const text = (StringValue: string): MessageAttributeValue => ({ DataType: "String", StringValue });
