import type { PayloadPointer } from "../../envelopes/payload-pointer.ts";
import type { Failure } from "../../failures/failure.ts";
import type { Result } from "../../result.ts";

/** The bodies that were too large for SQS. */
export interface Payloads {
  /**
   * The text behind a pointer, or why it can never be had. A large one waits for its room, `mostWaitMs` at the most: then
   * there is none. Rejects when the store does not answer.
   */
  read(pointer: PayloadPointer, mostWaitMs: number): Promise<Result<Payload, Failure> | "no-room">;
}

export interface Payload {
  readonly text: string;
  /**
   * Makes room for the next large payload: to be called once, when the request is done with. Not when it is parsed: what was
   * parsed takes the most of the room, and it is held until its call is made.
   */
  readonly release: () => void;
}
