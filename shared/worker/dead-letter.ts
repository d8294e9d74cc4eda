import { parseJsonText } from "../envelopes/json-text.ts";
import {
  asPayloadPointer,
  PAYLOAD_SIZE_ATTRIBUTE,
  PAYLOAD_SIZE_ATTRIBUTES,
  pointerBody,
} from "../envelopes/payload-pointer.ts";
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

/** The keys under which attributes are stored. Message ids of SQS are UUIDs. */
const STORED_ATTRIBUTES = /^dead-letters\/[0-9a-f-]{36}\/attributes\.json$/;

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
  const asItCame = draftOf(delivery, bucket);
  const bodyStored = storeBody(asItCame, { bucket, key: `${folder}/body.json` });
  const attributesStored = storeAttributes(asItCame, { bucket, key: `${folder}/attributes.json` });
  // A pointer, the payload's size and the reason always fit.
  const bothStored = storeBody(attributesStored, { bucket, key: `${folder}/body.json` });

  const letters = [asItCame, bodyStored, attributesStored].map((draft) => sealed(draft, delivery, report));
  return letters.find(fits) ?? sealed(bothStored, delivery, report);
}

function draftOf({ body, messageAttributes }: Delivery, bucket: string): Draft {
  const { [FAILURE_ATTRIBUTE]: earlierReason, ...attributes } = messageAttributes;
  const attributesAt = storedBefore(earlierReason, bucket);
  return { body, attributes, objects: [], ...(attributesAt !== undefined && { attributesAt }) };
}

/** A body that is a pointer already stays as it is: it is small, and its payload is stored. */
function storeBody(draft: Draft, place: Overflow): Draft {
  if (isPointer(draft.body)) return draft;
  const size: MessageAttribute = { dataType: "Number", stringValue: String(Buffer.byteLength(draft.body)) };
  return {
    ...draft,
    body: pointerBody(place),
    attributes: { ...withoutSizes(draft.attributes), [PAYLOAD_SIZE_ATTRIBUTE]: size },
    objects: [...draft.objects, { key: place.key, content: draft.body, contentType: "application/json" }],
  };
}

function isPointer(body: string): boolean {
  const parsed = parseJsonText(body);
  return parsed.ok && asPayloadPointer(parsed.value) !== undefined;
}

const withoutSizes = (attributes: MessageAttributes): MessageAttributes =>
  Object.fromEntries(Object.entries(attributes).filter(([name]) => !PAYLOAD_SIZE_ATTRIBUTES.includes(name)));

/** The size of a pointer's payload stays: without it a library would not take the body for a pointer. */
function storeAttributes(draft: Draft, place: Overflow): Draft {
  const entries = Object.entries(draft.attributes);
  const staysWith = (name: string) => isPointer(draft.body) && PAYLOAD_SIZE_ATTRIBUTES.includes(name);
  const stored = entries.filter(([name]) => !staysWith(name));
  const kept = entries.filter(([name]) => staysWith(name));
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
function storedBefore(earlierReason: MessageAttribute | undefined, bucket: string): Overflow | undefined {
  if (earlierReason === undefined || !("stringValue" in earlierReason)) return undefined;
  const reason = parseJsonText(earlierReason.stringValue);
  if (!reason.ok || typeof reason.value !== "object" || reason.value === null) return undefined;
  if (!("attributesAt" in reason.value)) return undefined;
  const place: unknown = reason.value.attributesAt;
  if (typeof place !== "object" || place === null || !("bucket" in place) || !("key" in place)) return undefined;
  // An upstream can write anything there: only what we have written ourselves is told again.
  const { key } = place;
  return place.bucket === bucket && typeof key === "string" && STORED_ATTRIBUTES.test(key)
    ? { bucket, key }
    : undefined;
}
