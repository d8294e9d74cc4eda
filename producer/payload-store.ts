import type { PayloadPointer } from "#shared/envelopes/payload-pointer.ts";

/** Where bodies go that are too large for SQS. */
export interface PayloadStore {
  /** Stores a body, and gives its place. Rejects when it could not be stored. */
  put(body: string, signal: AbortSignal): Promise<PayloadPointer>;
}
