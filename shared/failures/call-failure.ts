/** A call to Connect that did not give a contact, as far as the wire tells. */
export interface CallFailure {
  /** The name of the exception: `ThrottlingException`, `TimeoutError`, `ECONNRESET`. */
  readonly name: string;
  /** The HTTP status of the answer; left out when no answer came. */
  readonly status?: number;
  /** The value of an exception's `Reason` about attached files, such as `TOTAL_FILE_SIZE_EXCEEDED`. */
  readonly attachedFileReason?: string;
  /** The id that AWS gave the call. */
  readonly awsRequestId?: string;
  /** What Connect says, unscreened: it may quote the request. */
  readonly text?: string;
}
