import type { MessageAttributeValue } from "@aws-sdk/client-sqs";
import { SnsRefusal } from "./sns-refusal.ts";

/** What somebody publishes: a request of Publish, or an entry of PublishBatch. */
export interface Publication {
  readonly message: string;
  readonly subject?: string;
  /** By name, at most as many as were given. */
  readonly attributes: Readonly<Record<string, MessageAttributeValue>>;
  readonly messageGroupId?: string;
}

/** The form of a request in the query protocol: `MessageAttributes.entry.1.Name` and the like. */
export type QueryForm = Readonly<Record<string, string>>;

/** https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
const LONGEST_MESSAGE_BYTES = 262_144;
const SUBJECT = /^[\x20-\x7e]{1,100}$/;

/** Reads what stands below `prefix` in the form. Throws an InvalidParameter. */
export function readPublication(form: QueryForm, prefix = ""): Publication {
  const subject = form[`${prefix}Subject`];
  const messageGroupId = form[`${prefix}MessageGroupId`];
  const attributes = attributesOf(form, `${prefix}MessageAttributes.entry.`);
  const message = messageOf(form[`${prefix}Message`], form[`${prefix}MessageStructure`]);
  if (sizeBytes(message, attributes) > LONGEST_MESSAGE_BYTES) {
    throw invalid(`Message too long: it has more than ${LONGEST_MESSAGE_BYTES} bytes with its attributes`);
  }
  if (subject !== undefined && !SUBJECT.test(subject)) throw invalid("Subject");
  return {
    message,
    attributes,
    ...(subject !== undefined && { subject }),
    ...(messageGroupId !== undefined && { messageGroupId }),
  };
}

/** With a MessageStructure of `json`, each protocol has a message of its own, or else the default one. */
function messageOf(message: string | undefined, structure: string | undefined): string {
  if (!message) throw invalid("Empty message");
  if (structure !== "json") return message;
  const byProtocol = new Map<string, unknown>(Object.entries(jsonObjectIn(message)));
  if (typeof byProtocol.get("default") !== "string") {
    throw invalid("Message Structure - No default entry in JSON message body");
  }
  const chosen = byProtocol.get("sqs") ?? byProtocol.get("default");
  if (typeof chosen !== "string") throw invalid("Message Structure - the entry sqs is not a text");
  return chosen;
}

function jsonObjectIn(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null) return value;
  } catch {
    // Said below, as of everything else that is no object.
  }
  throw invalid("Message Structure - JSON message body failed to parse");
}

function attributesOf(form: QueryForm, prefix: string): Record<string, MessageAttributeValue> {
  const attributes: Record<string, MessageAttributeValue> = {};
  for (let position = 1; form[`${prefix}${position}.Name`] !== undefined; position += 1) {
    const value = `${prefix}${position}.Value`;
    const DataType = form[`${value}.DataType`];
    const text = form[`${value}.StringValue`];
    const binary = form[`${value}.BinaryValue`];
    if (DataType === undefined || (text === undefined) === (binary === undefined)) {
      throw invalid(`The message attribute at position ${position} needs a DataType and one value`);
    }
    attributes[form[`${prefix}${position}.Name`] ?? ""] =
      binary === undefined ? { DataType, StringValue: text } : { DataType, BinaryValue: Buffer.from(binary, "base64") };
  }
  return attributes;
}

function sizeBytes(message: string, attributes: Readonly<Record<string, MessageAttributeValue>>): number {
  return Object.entries(attributes).reduce(
    (sum, [name, { DataType = "", StringValue = "", BinaryValue }]) =>
      sum + Buffer.byteLength(name + DataType + StringValue) + (BinaryValue?.length ?? 0),
    Buffer.byteLength(message),
  );
}

const invalid = (what: string): SnsRefusal => new SnsRefusal("InvalidParameter", `Invalid parameter: ${what}`);
