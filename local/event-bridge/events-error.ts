/** EventBridge refuses a call. `code` is the exception's name in AWS, the message is what the caller reads. */
export class EventsError extends Error {
  override readonly name = "EventsError";
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
