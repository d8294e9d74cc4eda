/** Parameter Store refuses a call. `code` is the exception's name in AWS, the message is what the caller reads. */
export class SsmError extends Error {
  override readonly name = "SsmError";
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
