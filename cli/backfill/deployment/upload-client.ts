import { S3Client } from "@aws-sdk/client-s3";
import type { AwsAccess } from "./aws-access.ts";

const IDLE_MS = 30_000;

/**
 * A client for what is uploaded. A large file takes as long as the line is slow, so that no upload is too long: one ends, with
 * a TimeoutError, when for `idleMs` not a byte has moved.
 */
export const uploadClient = ({ client, endpoint }: AwsAccess, idleMs: number = IDLE_MS): S3Client =>
  new S3Client({
    ...client,
    maxAttempts: 5,
    requestHandler: { connectionTimeout: 5_000, socketTimeout: idleMs },
    // What stands in for AWS answers at one address and not at one for each bucket.
    forcePathStyle: endpoint !== undefined,
  });
