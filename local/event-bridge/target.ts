import * as z from "zod";
import type { OutgoingMessage } from "../queue-sender.ts";
import { wholeNumber } from "../resources/whole-number.ts";
import { inputTransformer } from "./input-transformer.ts";
import { invalidTarget } from "./invalid-target.ts";
import { parseJsonPath } from "./json-path.ts";
import type { MatchedEvent } from "./matched-event.ts";

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Target.html, as far as it concerns queues. */
export const targetDescription = z.strictObject({
  Id: z.string().regex(/^[.\-_A-Za-z0-9]{1,64}$/),
  Arn: z
    .string()
    .regex(/^arn:[\w-]+:sqs:[\w-]+:\d{12}:[\w-]{1,80}$/, "the local event bus delivers to SQS queues only"),
  RoleArn: z.string().optional(),
  Input: z.string().max(8192).optional(),
  InputPath: z.string().max(256).optional(),
  InputTransformer: z
    .strictObject({
      InputPathsMap: z.record(z.string(), z.string().max(256)).optional(),
      InputTemplate: z.string().min(1).max(8192),
    })
    .optional(),
  SqsParameters: z.strictObject({ MessageGroupId: z.string() }).optional(),
  RetryPolicy: z
    .strictObject({
      MaximumRetryAttempts: wholeNumber(0, 185).optional(),
      MaximumEventAgeInSeconds: wholeNumber(60, 86_400).optional(),
    })
    .optional(),
  DeadLetterConfig: z.strictObject({ Arn: z.string().optional() }).optional(),
});

export type TargetDescription = z.output<typeof targetDescription>;

/** Where a rule sends what it has matched. */
export interface Target {
  readonly description: TargetDescription;
  /** What the queue gets; undefined where the group id is a path that leads to no text. */
  message(matched: MatchedEvent): OutgoingMessage | undefined;
  readonly maximumRetryAttempts: number;
  readonly maximumEventAgeMs: number;
}

/** Throws a ValidationException that names the target. */
export function compileTarget(description: TargetDescription): Target {
  const { RetryPolicy = {} } = description;
  const body = bodyOf(description);
  const groupId = messageGroupId(description);
  return {
    description,
    message: (matched) => {
      if (groupId === undefined) return { body: body(matched) };
      const id = groupId(matched);
      return typeof id === "string" ? { body: body(matched), messageGroupId: id } : undefined;
    },
    maximumRetryAttempts: RetryPolicy.MaximumRetryAttempts ?? 185,
    maximumEventAgeMs: (RetryPolicy.MaximumEventAgeInSeconds ?? 86_400) * 1000,
  };
}

function bodyOf({ Id, Input, InputPath, InputTransformer }: TargetDescription): (matched: MatchedEvent) => string {
  if ([Input, InputPath, InputTransformer].filter((given) => given !== undefined).length > 1) {
    throw invalidTarget(`Only one of Input, InputPath, or InputTransformer must be provided for target ${Id}.`);
  }
  if (Input !== undefined) return constant(Input, Id);
  if (InputTransformer !== undefined) return inputTransformer(InputTransformer, Id);
  if (InputPath === undefined) return ({ event }) => JSON.stringify(event);
  const select = parseJsonPath(InputPath);
  if (select === undefined) throw invalidTarget(`Invalid InputPath for target ${Id}.`);
  return ({ event }) => JSON.stringify(select({ ...event }) ?? null);
}

function constant(input: string, targetId: string): () => string {
  try {
    JSON.parse(input);
  } catch {
    throw invalidTarget(`Input for target ${targetId} is not a valid JSON text.`);
  }
  return () => input;
}

/** A text that begins with `$` is a path into the event; it sees the event as it came, not as it is transformed. */
function messageGroupId({ Id, SqsParameters }: TargetDescription): ((matched: MatchedEvent) => unknown) | undefined {
  const written = SqsParameters?.MessageGroupId;
  if (written === undefined) return undefined;
  if (!written.startsWith("$")) return () => written;
  const select = parseJsonPath(written);
  if (select === undefined) throw invalidTarget(`Invalid path ${written} in SqsParameters of target ${Id}.`);
  return ({ event }) => select({ ...event });
}
