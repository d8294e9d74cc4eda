import { parseJsonText } from "../envelopes/json-text.ts";
import { PAYLOAD_SIZE_ATTRIBUTE, PAYLOAD_SIZE_ATTRIBUTES, pointerBody } from "../envelopes/payload-pointer.ts";
import { FAILURE_ATTRIBUTE, type FailureReport, failureAttribute, type Overflow } from "../failures/failure-report.ts";
import type { Delivery, MessageAttribute, MessageAttributes } from "./delivery.ts";

/** A message as it goes into the dead-letter queue, and what had to go into the payload bucket to make it fit. */
export interface DeadLetter {
  readonly body: string;
  readonly messageAttributes: MessageAttributes;
  readonly groupId?: string;
  readonly objects: readonly StoredObject[];
}

export interface StoredObject {
  readonly key: string;
  readonly content: string;
  readonly contentType: string;
}

// The limits of Amazon SQS for one message: quotas-messages in its developer guide.
const MAX_MESSAGE_BYTES = 1_048_576;
const MAX_ATTRIBUTES = 10;

/** A dead letter without its reason. */
interface Draft {
  readonly body: string;
  readonly attributes: MessageAttributes;
  readonly attributesAt?: Overflow;
  readonly objects: readonly StoredObject[];
}

/**
 * The dead letter of a message: its body byte for byte, its own attributes and group id, and the reason beside them.
 * What SQS cannot take goes to `bucket`: the body behind a pointer of the Extended Client Library, the attributes into
 * an object that the reason names as `attributesAt`.
 */
export function deadLetter(delivery: Delivery, report: FailureReport, bucket: string): DeadLetter {
  const folder = `dead-letters/${delivery.messageId}`;
  const asItCame = draftOf(delivery);
  const bodyStored = storeBody(asItCame, { bucket, key: `${folder}/body.json` });
  const attributesStored = storeAttributes(asItCame, { bucket, key: `${folder}/attributes.json` });
  // A pointer, the payload's size and the reason always fit.
  const bothStored = storeBody(attributesStored, { bucket, key: `${folder}/body.json` });

  const letters = [asItCame, bodyStored, attributesStored].map((draft) => sealed(draft, delivery, report));
  return letters.find(fits) ?? sealed(bothStored, delivery, report);
}

function draftOf({ body, messageAttributes }: Delivery): Draft {
  const { [FAILURE_ATTRIBUTE]: earlierReason, ...attributes } = messageAttributes;
  const attributesAt = storedBefore(earlierReason);
  return { body, attributes, objects: [], ...(attributesAt !== undefined && { attributesAt }) };
}

function storeBody(draft: Draft, place: Overflow): Draft {
  if (PAYLOAD_SIZE_ATTRIBUTES.some((name) => name in draft.attributes)) return draft;
  const size: MessageAttribute = { dataType: "Number", stringValue: String(Buffer.byteLength(draft.body)) };
  return {
    ...draft,
    body: pointerBody(place),
    attributes: { ...draft.attributes, [PAYLOAD_SIZE_ATTRIBUTE]: size },
    objects: [...draft.objects, { key: place.key, content: draft.body, contentType: "application/json" }],
  };
}

/** The payload's size stays: without it a library would not take the body for a pointer. */
function storeAttributes(draft: Draft, place: Overflow): Draft {
  const entries = Object.entries(draft.attributes);
  const stored = entries.filter(([name]) => !PAYLOAD_SIZE_ATTRIBUTES.includes(name));
  const kept = entries.filter(([name]) => PAYLOAD_SIZE_ATTRIBUTES.includes(name));
  const content = JSON.stringify(Object.fromEntries(stored.map(([name, value]) => [name, inAwsTerms(value)])));
  return {
    ...draft,
    attributes: Object.fromEntries(kept),
    attributesAt: place,
    objects: [...draft.objects, { key: place.key, content, contentType: "application/json" }],
  };
}

function sealed(draft: Draft, { groupId }: Delivery, report: FailureReport): DeadLetter {
  const reason = { dataType: "String", stringValue: failureAttribute(report, draft.attributesAt) };
  return {
    body: draft.body,
    messageAttributes: { ...draft.attributes, [FAILURE_ATTRIBUTE]: reason },
    ...(groupId !== undefined && { groupId }),
    objects: draft.objects,
  };
}

function fits({ body, messageAttributes }: DeadLetter): boolean {
  const entries = Object.entries(messageAttributes);
  const attributeBytes = entries.map(([name, value]) => Buffer.byteLength(name) + bytesOf(value));
  const bytes = attributeBytes.reduce((sum, each) => sum + each, Buffer.byteLength(body));
  return entries.length <= MAX_ATTRIBUTES && bytes <= MAX_MESSAGE_BYTES;
}

function bytesOf(attribute: MessageAttribute): number {
  const valueBytes =
    "stringValue" in attribute ? Buffer.byteLength(attribute.stringValue) : attribute.binaryValue.byteLength;
  return Buffer.byteLength(attribute.dataType) + valueBytes;
}

/** The shape that the AWS CLI takes as `--message-attributes`. */
const inAwsTerms = (attribute: MessageAttribute): object =>
  "stringValue" in attribute
    ? { DataType: attribute.dataType, StringValue: attribute.stringValue }
    : { DataType: attribute.dataType, BinaryValue: Buffer.from(attribute.binaryValue).toString("base64") };

/** Where the attributes of a dead letter are that comes back and fails again. */
function storedBefore(earlierReason: MessageAttribute | undefined): Overflow | undefined {
  if (earlierReason === undefined || !("stringValue" in earlierReason)) return undefined;
  const reason = parseJsonText(earlierReason.stringValue);
  if (!reason.ok || typeof reason.value !== "object" || reason.value === null) return undefined;
  if (!("attributesAt" in reason.value)) return undefined;
  const place: unknown = reason.value.attributesAt;
  if (typeof place !== "object" || place === null || !("bucket" in place) || !("key" in place)) return undefined;
  const { bucket, key } = place;
  return typeof bucket === "string" && typeof key === "string" ? { bucket, key } : undefined;
}
