import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import type { BackfillJob } from "#shared/backfill/backfill-job.ts";

/**
 * The SHA-256, in hex, of all that makes the rows of a file requests: template, key, sending hours, how the rows are written. Under one
 * job with another of these, the same row would be another request with the same id.
 */
export const templateHash = (job: BackfillJob): string =>
  createHash("sha256")
    .update(canonicalize(job) ?? "")
    .digest("hex");
