import type { PayloadPointer } from "../../envelopes/payload-pointer.ts";
import type { Failure } from "../../failures/failure.ts";
import type { Result } from "../../result.ts";

/** The bodies that were too large for SQS. */
export interface Payloads {
  /** The text behind a pointer, or why it can never be had. Rejects when the store does not answer. */
  read(pointer: PayloadPointer): Promise<Result<Payload, Failure>>;
}

export interface Payload {
  readonly text: string;
  /** Makes room for the next large payload: to be called once, when the request is done with. */
  readonly release: () => void;
}
