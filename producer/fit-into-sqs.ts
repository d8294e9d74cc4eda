import { pointerBody } from "#shared/envelopes/payload-pointer.ts";
import { failed, type Result, succeeded } from "#shared/result.ts";
import { MAX_BYTES } from "./batch.ts";
import { needsMending } from "./needs-mending.ts";
import { messageBytes, type OutgoingMessage } from "./outgoing-message.ts";
import type { PayloadStore } from "./payload-store.ts";
import { reasonOf } from "./reason-of.ts";
import type { EntryAnswer } from "./send-batch.ts";

export interface Offloading {
  /** Without one, what SQS does not take is not sent. */
  readonly payloads?: PayloadStore;
  /** What has more bytes goes to the payload bucket; at most MAX_BYTES. */
  readonly offloadAboveBytes?: number;
}

/**
 * The message as SQS takes it: itself, or a pointer of the Extended Client Library to its body, which is stored by then. Or
 * why it cannot be sent.
 */
export async function fitIntoSqs(
  message: OutgoingMessage,
  { payloads, offloadAboveBytes = MAX_BYTES }: Offloading,
  signal: AbortSignal,
): Promise<Result<OutgoingMessage, EntryAnswer>> {
  const bytes = messageBytes(message);
  if (bytes <= offloadAboveBytes || (payloads === undefined && bytes <= MAX_BYTES)) return succeeded(message);
  if (payloads === undefined) return failed({ kind: "failed", reason: tooLarge(bytes), isFinal: true });
  try {
    const pointer = await payloads.put(message.body, signal);
    return succeeded({ ...message, body: pointerBody(pointer), payloadBytes: Buffer.byteLength(message.body) });
  } catch (error) {
    // The SDK has tried again by itself.
    return failed({ kind: "failed", reason: notStored(bytes, error), isFinal: needsMending(error), error });
  }
}

const tooLarge = (bytes: number): string =>
  `it has ${bytes} bytes, and SQS takes at most ${MAX_BYTES} (1 MiB). Name the deployment's payload bucket, through which larger requests go (--payload-bucket on the command line, payloadBucket in the producer), or make it smaller`;

const notStored = (bytes: number, error: unknown): string =>
  `it has ${bytes} bytes, which is too much for a message, and could not be stored in the payload bucket: ${reasonOf(error)}`;
