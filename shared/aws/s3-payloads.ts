import { GetObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import type { PayloadPointer } from "../envelopes/payload-pointer.ts";
import type { Failure } from "../failures/failure.ts";
import { failed, type Result, succeeded } from "../result.ts";
import type { Payloads } from "../worker/ports/payloads.ts";
import { readSdkError } from "./sdk-error.ts";

/** A function has 256 MB; the largest request that the contract lets through is below a quarter of this. */
const MAX_BYTES = 32 * 1024 * 1024;

/** Bodies that were too large for SQS, in the deployment's own payload bucket and nowhere else. */
export class S3Payloads implements Payloads {
  readonly #s3: S3Client;
  readonly #bucket: string;

  constructor(s3: S3Client, bucket: string) {
    this.#s3 = s3;
    this.#bucket = bucket;
  }

  async read({ bucket, key }: PayloadPointer): Promise<Result<string, Failure>> {
    if (bucket !== this.#bucket) return failed(NOT_OURS);
    try {
      const { Body, ContentLength } = await this.#s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      if (Body === undefined || ContentLength === undefined || ContentLength > MAX_BYTES) return failed(TOO_LARGE);
      return succeeded(await Body.transformToString());
    } catch (error) {
      if (GONE.includes(readSdkError(error).name)) return failed(NOT_FOUND);
      throw error;
    }
  }
}

const GONE = ["NoSuchKey", "NotFound"];

const NOT_OURS: Failure = {
  code: "PayloadNotOurs",
  kind: "invalid",
  message:
    "The message points to an object outside of the deployment's payload bucket, which is never read. Put the payload into the payload bucket.",
};

const NOT_FOUND: Failure = {
  code: "PayloadNotFound",
  kind: "invalid",
  message: "The object that the message points to is not in the payload bucket (any more). Send the request again.",
};

const TOO_LARGE: Failure = {
  code: "PayloadTooLarge",
  kind: "invalid",
  message: `The object that the message points to is larger than ${MAX_BYTES} bytes. Send a request that fulfils the contract.`,
};
