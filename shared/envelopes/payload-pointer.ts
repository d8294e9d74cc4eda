import { isObject } from "../contract/is-object.ts";
import { isSafeObjectKey } from "../contract/safe-object-key.ts";
import { failed, type Result, succeeded } from "../result.ts";
import { invalidEnvelope, type Refusal } from "./refusal.ts";

/** Where an Amazon SQS Extended Client Library put a body that was too large for SQS. */
export interface PayloadPointer {
  readonly bucket: string;
  readonly key: string;
}

/** The class name that today's libraries write into a pointer, and the one of older writers. */
const POINTER_CLASSES = [
  "software.amazon.payloadoffloading.PayloadS3Pointer",
  "com.amazon.sqs.javamessaging.MessageS3Pointer",
];

/** The reserved message attribute of type Number that holds the payload's size in bytes. */
export const PAYLOAD_SIZE_ATTRIBUTE = "ExtendedPayloadSize";

/** That attribute, and the one that the Java library still writes by default. */
export const PAYLOAD_SIZE_ATTRIBUTES: readonly string[] = [PAYLOAD_SIZE_ATTRIBUTE, "SQSLargePayloadSize"];

/** Whether a parsed body says that it is a pointer, well-formed or not. */
export const isPointer = (body: unknown): body is readonly unknown[] => {
  if (!Array.isArray(body)) return false;
  const [className]: unknown[] = body;
  return typeof className === "string" && POINTER_CLASSES.includes(className);
};

/** Reads a parsed body as a pointer; nothing if it is none. */
export function asPayloadPointer(body: unknown): PayloadPointer | undefined {
  if (!isPointer(body) || body.length !== 2) return undefined;
  const [, location] = body;
  if (!isObject(location)) return undefined;
  const { s3BucketName: bucket, s3Key: key } = location;
  return typeof bucket === "string" && typeof key === "string" ? { bucket, key } : undefined;
}

/** The place that a pointer names, or what is wrong with it. */
export function readPointer(body: readonly unknown[]): Result<PayloadPointer, Refusal> {
  const pointer = asPayloadPointer(body);
  if (pointer === undefined) return failed(invalidEnvelope("MalformedPointer", NOT_A_PLACE));
  if (!isSafeObjectKey(pointer.key)) return failed(invalidEnvelope("MalformedPointer", UNSAFE_KEY));
  return succeeded(pointer);
}

/** The body that stands in for a payload. */
export const pointerBody = ({ bucket, key }: PayloadPointer): string =>
  JSON.stringify([POINTER_CLASSES[0], { s3BucketName: bucket, s3Key: key }]);

const NOT_A_PLACE =
  "The pointer of the SQS Extended Client Library does not name a place. It is a list of two: the class name, and an object with the texts s3BucketName and s3Key.";

const UNSAFE_KEY =
  "The key in the pointer is not one that means the same object everywhere. A key has 1 to 1,024 bytes, and neither . nor .. between its slashes: store the payload under another key.";
