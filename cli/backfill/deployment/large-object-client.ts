import { S3Client } from "@aws-sdk/client-s3";
import type { AwsAccess } from "./aws-access.ts";
import { s3Settings } from "./s3-settings.ts";

const IDLE_MS = 30_000;

/**
 * A client for objects of any size, in both directions. A large one takes as long as the line is slow, so that nothing is too
 * long: a transfer ends, with a TimeoutError, when for `idleMs` not a byte has moved.
 */
export const largeObjectClient = (access: AwsAccess, idleMs: number = IDLE_MS): S3Client =>
  new S3Client({
    ...s3Settings(access),
    maxAttempts: 5,
    requestHandler: { connectionTimeout: 5_000, socketTimeout: idleMs },
  });
