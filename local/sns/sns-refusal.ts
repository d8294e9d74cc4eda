/** SNS refuses a call, or an entry of one. `code` is the exception's name in AWS. */
export class SnsRefusal extends Error {
  override readonly name = "SnsRefusal";
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}
