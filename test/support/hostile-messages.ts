import { pointerBody } from "#shared/envelopes/payload-pointer.ts";
import { aTaskRequest } from "#test/support/a-contact-request.ts";
import { aNotification, anEvent } from "#test/support/wrappings.ts";

const MIB = 1_048_576;

/** The payload bucket stands for the deployment's own. */
type Hostile = (payloadBucket: string) => string;

/** A pointer to an object in the payload bucket. */
export const behind =
  (key: string): Hostile =>
  (bucket) =>
    pointerBody({ bucket, key: `payloads/hostile/${key}` });

const task = JSON.stringify(aTaskRequest({ requestId: "hostile/inside" }));

/** A text in so many notifications, each in the next. */
const inNotifications = (text: string, levels: number): string =>
  levels === 0 ? text : inNotifications(JSON.stringify(aNotification(text)), levels - 1);

/** A request whose attributes are each wrong twice, by key and by value, and too many together. It is just below 1 MiB. */
function withWrongAttributes(count: number): string {
  const { input, ...rest } = aTaskRequest({ requestId: "hostile/attributes" });
  const attributes = Array.from({ length: count }, (_, index) => [`${index} ${"x".repeat(40)}`, 1]);
  return JSON.stringify({ ...rest, input: { ...input, Attributes: Object.fromEntries(attributes) } });
}

/** Objects behind pointers, by the end of their key. */
export const HOSTILE_OBJECTS: Readonly<Record<string, () => Buffer>> = {
  "100-mib": () => Buffer.alloc(100 * MIB, " "),
  "32-mib-of-lists": () => Buffer.alloc(32 * MIB, "["),
  "32-mib-of-empty-lists": () => Buffer.from(`[${"[],".repeat((32 * MIB) / 3 - 2)}[]]`),
  "32-mib-of-text": () => Buffer.from(`"${"x".repeat(32 * MIB - 2)}"`),
  "32-mib-of-wide-text": () => Buffer.from(`"${"\u4e00".repeat(10 * MIB)}"`),
  "32-mib-in-a-request": () =>
    Buffer.from(JSON.stringify({ ...JSON.parse(task), input: { Name: "x".repeat(31 * MIB) } })),
  "32-mib-of-bytes": () => Buffer.alloc(32 * MIB, 0xff),
  pointer: () => Buffer.from(pointerBody({ bucket: "elsewhere", key: "x" })),
};

/** Bodies that must become dead letters, with the code and the rule that these name. */
export const HOSTILE_MESSAGES: readonly (readonly [what: string, body: Hostile, code: string, rule: RegExp])[] = [
  [
    "a pointer to a bucket that is not ours",
    () => pointerBody({ bucket: "elsewhere", key: "payloads/x.json" }),
    "PayloadNotOurs",
    /outside of the deployment's payload bucket/,
  ],
  ["a key with ..", behind("../../secret.json"), "MalformedPointer", /neither \. nor \.\./],
  ["a pointer to nothing", behind("gone.json"), "PayloadNotFound", /not in the payload bucket/],
  ["a pointer to a pointer", behind("pointer"), "MalformedPointer", /holds another pointer/],
  ["an object of 100 MiB", behind("100-mib"), "PayloadTooLarge", /larger than 33554432 bytes/],
  ["an object of 32 MiB of [", behind("32-mib-of-lists"), "TooManyValues", /more than the 20000 JSON values/],
  ["an object of 32 MiB of []", behind("32-mib-of-empty-lists"), "TooManyValues", /more than the 20000 JSON values/],
  ["an object of 32 MiB that is one text", behind("32-mib-of-text"), "UnknownEnvelope", /is a JSON string/],
  [
    "an object that is one text of wide characters",
    behind("32-mib-of-wide-text"),
    "UnknownEnvelope",
    /is a JSON string/,
  ],
  [
    "a request with a name of 31 MiB",
    behind("32-mib-in-a-request"),
    "ContractViolation",
    /does not fulfil the contract/,
  ],
  ["an object that is no text", behind("32-mib-of-bytes"), "PayloadNotUtf8", /not text in UTF-8/],
  [
    "a notification that claims another type",
    () => JSON.stringify(aNotification(task, { Type: "SubscriptionConfirmation" })),
    "UnknownEnvelope",
    /SNS message of the Type SubscriptionConfirmation/,
  ],
  [
    "a notification of a type that nobody knows",
    () => JSON.stringify(aNotification(task, { Type: { toString: "x" } })),
    "UnknownEnvelope",
    /whose Type is not Notification/,
  ],
  [
    "a detail that is a text",
    () => JSON.stringify(anEvent("CreateContact", task)),
    "MalformedEvent",
    /detail of the EventBridge event is not a JSON object/,
  ],
  ["ten levels of nesting", () => inNotifications(task, 10), "NestedTooDeep", /nested in more than 5 texts/],
  ["a body of 1 MiB of [", () => "[".repeat(MIB), "TooManyValues", /more than the 20000 JSON values/],
  [
    "a body of 1 MiB in which everything is wrong",
    () => withWrongAttributes(19_900),
    "ContractViolation",
    /\(39801 issues\)/,
  ],
  [
    "members of every object's prototype",
    () => '{"__proto__":{"requestId":"x"},"constructor":1}',
    "ContractViolation",
    /./,
  ],
];
