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

/** Reads a parsed body as a pointer; nothing if it is none. */
export function asPayloadPointer(body: unknown): PayloadPointer | undefined {
  if (!Array.isArray(body) || body.length !== 2) return undefined;
  const [className, location]: unknown[] = body;
  if (typeof className !== "string" || !POINTER_CLASSES.includes(className)) return undefined;
  if (typeof location !== "object" || location === null) return undefined;
  if (!("s3BucketName" in location) || !("s3Key" in location)) return undefined;
  const { s3BucketName: bucket, s3Key: key } = location;
  return typeof bucket === "string" && typeof key === "string" ? { bucket, key } : undefined;
}

/** The body that stands in for a payload. */
export const pointerBody = ({ bucket, key }: PayloadPointer): string =>
  JSON.stringify([POINTER_CLASSES[0], { s3BucketName: bucket, s3Key: key }]);
