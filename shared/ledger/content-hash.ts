import { createHash } from "node:crypto";
import canonicalize from "canonicalize";

/**
 * The SHA-256, in hexadecimal, of what Connect is asked for, as RFC 8785 JSON: the input as it was written, on the
 * instance by its id and under the tokens in force. Two ways of writing the same request have the same hash.
 */
export const contentHash = (content: object): string =>
  createHash("sha256")
    .update(canonicalize(content) ?? "")
    .digest("hex");
