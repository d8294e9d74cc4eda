import type { Failure } from "../../failures/failure.ts";
import type { Result } from "../../result.ts";

/** Files in S3 that go with a contact. */
export interface Attachments {
  /**
   * The pre-signed URL for `s3://bucket/key`, with which Connect can fetch the file for a while, or why there is none.
   * Rejects when there are no credentials to sign with.
   */
  sign(url: string): Promise<Result<string, Failure>>;
}
