import { isObject } from "../contract/is-object.ts";
import { type LegibleIdentity, NOTHING_LEGIBLE } from "../contract/legible-identity.ts";
import { invalidEnvelope, type Refusal } from "./refusal.ts";

const has = (value: object, ...names: readonly string[]): boolean => names.every((name) => Object.hasOwn(value, name));

/** Objects that are told by their members. The first that fits is what was seen; advice follows where there is some. */
const SHAPES: readonly (readonly [fits: (value: Record<string, unknown>) => boolean, seen: string])[] = [
  [(value) => has(value, "Records"), "a list of an AWS service's records, as S3 sends its notifications"],
  [(value) => value["Event"] === "s3:TestEvent", "the test notification of an S3 bucket"],
  [(value) => has(value, "specversion"), "a CloudEvents event"],
  [
    (value) => has(value, "messageId", "body") || has(value, "MessageId", "Body"),
    "a received SQS message, as an EventBridge pipe sends it (let the pipe's input template be <$.body>)",
  ],
  [(value) => has(value, "AlarmName", "NewStateValue"), "the notification of a CloudWatch alarm"],
  [
    (value) => has(value, "s3BucketName") || has(value, "s3Key"),
    "a pointer without the class name of the SQS Extended Client Library",
  ],
];

/** What a value that is no contact request is, by its shape alone and without any of its values; nothing if it may be one. */
export function strangeShape(value: unknown): string | undefined {
  if (value === null) return "a JSON null";
  if (Array.isArray(value)) return "a JSON list";
  if (typeof value === "string") return "a JSON string (a request that was encoded twice is one)";
  if (!isObject(value)) return `a JSON ${typeof value}`;
  return SHAPES.find(([fits]) => fits(value))?.[1];
}

export const unknownEnvelope = (where: string, seen: string, identity: LegibleIdentity = NOTHING_LEGIBLE): Refusal =>
  invalidEnvelope("UnknownEnvelope", `${where} is ${seen}. ${EXPECTED}`, identity);

const EXPECTED =
  "Send a contact request as a JSON object: by itself, as the detail of an EventBridge event whose detail-type is its operation, as the Message of an SNS notification, or behind a pointer of the SQS Extended Client Library.";
