import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import type { Clock } from "../clock.ts";
import { parseS3Url } from "../contract/fields/s3-url.ts";
import type { Failure } from "../failures/failure.ts";
import { failed, type Result, succeeded } from "../result.ts";
import type { Attachments } from "../worker/ports/attachments.ts";

/**
 * Connect may take another URL under the same client token for another request. A URL is signed as of the last full hour, so
 * that a call that is made once more has the same one, as long as the hour is the same and the process, whose credentials
 * are part of it. Beyond that Connect may refuse the call (`token-conflict`); it makes no second contact of it.
 */
const SAME_FOR_MS = 3_600_000;

/**
 * At least half an hour is left when the call is made. Connect does not say when it fetches the files; it has been asked for
 * the contact by then. The URL ends sooner where the credentials that signed it do.
 */
const VALID_SECONDS = (SAME_FOR_MS + 1_800_000) / 1_000;

/** Connect's limit for `Attachments[].S3Url`. */
const MAX_URL_LENGTH = 2_000;

export interface S3AttachmentsOptions {
  /** The buckets that attachments may come from. */
  readonly buckets: readonly string[];
  readonly clock: Clock;
}

/** Attachments in S3. Signing asks nobody: neither whether the object exists nor whether the role may read it. */
export class S3Attachments implements Attachments {
  readonly #s3: S3Client;
  readonly #options: S3AttachmentsOptions;

  constructor(s3: S3Client, options: S3AttachmentsOptions) {
    this.#s3 = s3;
    this.#options = options;
  }

  async sign(url: string): Promise<Result<string, Failure>> {
    const { buckets, clock } = this.#options;
    const object = parseS3Url(url);
    if (object === undefined)
      throw new TypeError("What is to be signed is not s3://bucket/key: the contract lets nothing else through.");
    if (!buckets.includes(object.bucket)) return failed(BUCKET_NOT_ALLOWED);
    const command = new GetObjectCommand({ Bucket: object.bucket, Key: object.key });
    const signingDate = new Date(Math.floor(clock.now() / SAME_FOR_MS) * SAME_FOR_MS);
    const signed = await getSignedUrl(this.#s3, command, { expiresIn: VALID_SECONDS, signingDate });
    return signed.length > MAX_URL_LENGTH ? failed(URL_TOO_LONG) : succeeded(signed);
  }
}

/** A client whose URLs are as short as they can be: checksums would be more parameters that nobody checks. */
export const signingClient = (forcePathStyle: boolean): S3Client =>
  new S3Client({
    forcePathStyle,
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
  });

const invalid = (code: string, message: string): Failure => ({ code, kind: "invalid", message });

const BUCKET_NOT_ALLOWED = invalid(
  "AttachmentBucketNotAllowed",
  "The bucket of the attachment is not one that the deployment may read. Put the file into one of the buckets of the setting attachmentBuckets, or add the bucket there.",
);

const URL_TOO_LONG = invalid(
  "AttachmentUrlTooLong",
  `Signed, the URL of the attachment has more than ${MAX_URL_LENGTH} characters, which is all that Connect takes. Store the file under a shorter key.`,
);
