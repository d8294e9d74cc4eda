/** Lambda's API refuses a call. `code` is the exception's name in AWS, the message is what the caller reads. */
export class LambdaApiError extends Error {
  override readonly name = "LambdaApiError";
  readonly code: string;
  readonly status: number;

  constructor(code: string, status: number, message: string) {
    super(message);
    this.code = code;
    this.status = status;
  }
}
