import { requestSource } from "#shared/contract/fields/request-source.ts";
import { isObject } from "#shared/contract/is-object.ts";
import { nearestName } from "#shared/contract/nearest-name.ts";
import { OPERATIONS } from "#shared/contract/operation.ts";
import { MAX_BYTES } from "./batch.ts";
import type { ContactRequestProducerOptions } from "./producer-options.ts";

/** Looks at the value of an option by its name. Throws an Error that names the option, the rule and the next step. */
type Check = (name: string, value: unknown) => void;

type Checks = Readonly<Record<string, Check>>;

/** Throws an Error that names the option which is wrong: callers in JavaScript have no compiler to tell them. */
export function checkOptions(options: unknown): void {
  if (!isObject(options)) throw new Error('The options are no object: give one, as in { source: "billing" }.');
  checkMembers(options, OPTIONS, "");
}

const LEAVE_IT_OUT = "or leave it out";

const text: Check = (name, value) => {
  if (typeof value === "string" && value !== "") return;
  throw new Error(`${name} is no text of at least one character: give the text, ${LEAVE_IT_OUT}.`);
};

const source: Check = (name, value) => {
  if (requestSource.safeParse(value).success) return;
  const rule = "1 to 100 printable ASCII characters without spaces";
  throw new Error(`${name} must be ${rule}: name who asks, as in "billing", ${LEAVE_IT_OUT}.`);
};

const lane: Check = (name, value) => {
  if (value === "live" || value === "backfill") return;
  throw new Error(`${name} is ${shown(value)}: give "live" or "backfill", ${LEAVE_IT_OUT}.`);
};

const generator: Check = (name, value) => {
  if (typeof value === "function") return;
  throw new Error(`${name} is no function: give one that makes an id, ${LEAVE_IT_OUT}.`);
};

const client =
  (kind: string): Check =>
  (name, value) => {
    if (isObject(value) && typeof value["send"] === "function") return;
    throw new Error(`${name} has no method send: give an ${kind}, ${LEAVE_IT_OUT}.`);
  };

const wholeNumber =
  ({ min, max = Number.MAX_SAFE_INTEGER }: { readonly min: number; readonly max?: number }): Check =>
  (name, value) => {
    if (typeof value === "number" && Number.isInteger(value) && value >= min && value <= max) return;
    const upTo = max === Number.MAX_SAFE_INTEGER ? "" : ` to ${max}`;
    throw new RangeError(`${name} is ${shown(value)}: give a whole number from ${min}${upTo}, ${LEAVE_IT_OUT}.`);
  };

const membersOf =
  (members: Checks): Check =>
  (name, value) => {
    if (!isObject(value)) throw new Error(`${name} is no object: give one, ${LEAVE_IT_OUT}.`);
    checkMembers(value, members, `${name}.`);
  };

const RETRY = { tries: wholeNumber({ min: 1 }), baseMs: wholeNumber({ min: 0 }), maxMs: wholeNumber({ min: 0 }) };

const retry: Check = (name, value) => {
  membersOf(RETRY)(name, value);
  const missing = Object.keys(RETRY).find((each) => isObject(value) && value[each] === undefined);
  if (missing !== undefined)
    throw new Error(`${name}.${missing} is missing: give a whole number, or no ${name} at all.`);
};

const OPTIONS: Readonly<Record<keyof ContactRequestProducerOptions, Check>> = {
  prefix: text,
  lane,
  queueUrls: membersOf(Object.fromEntries(OPERATIONS.map((operation) => [operation, text]))),
  queueOwnerAccountId: text,
  client: client("SQSClient of @aws-sdk/client-sqs"),
  payloadBucket: text,
  s3: client("S3Client of @aws-sdk/client-s3"),
  offloadAboveBytes: wholeNumber({ min: 0, max: MAX_BYTES }),
  generateRequestId: generator,
  source,
  readAhead: wholeNumber({ min: 1 }),
  parallelBatches: wholeNumber({ min: 1 }),
  lingerMs: wholeNumber({ min: 0 }),
  retry,
};

function checkMembers(given: Readonly<Record<string, unknown>>, checks: Checks, prefix: string): void {
  for (const [name, value] of Object.entries(given)) {
    const check = Object.hasOwn(checks, name) ? checks[name] : undefined;
    if (check === undefined) throw new Error(noSuchOption(name, Object.keys(checks), prefix));
    if (value !== undefined) check(prefix + name, value);
  }
}

function noSuchOption(name: string, known: readonly string[], prefix: string): string {
  const nearest = nearestName(name, known);
  const nextStep =
    nearest === undefined
      ? `. The options are ${known.map((each) => prefix + each).join(", ")}.`
      : `: did you mean ${prefix}${nearest}?`;
  return `There is no option ${prefix}${name}${nextStep}`;
}

const shown = (value: unknown): string => (typeof value === "string" ? JSON.stringify(value) : String(value));
