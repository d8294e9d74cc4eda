import { createHash } from "node:crypto";
import canonicalize from "canonicalize";

/** What the content of a request is made of. */
export interface Content {
  readonly request: { readonly input: object };
  readonly instance: { readonly id: string };
  readonly clientToken: string;
}

/**
 * The SHA-256, in hexadecimal, of what Connect is asked for, as RFC 8785 JSON: the input as it was written, on the
 * instance by its id and under the token in force. Two ways of writing the same request have the same hash.
 */
export function contentHash({ request, instance, clientToken }: Content): string {
  const content = { ...request.input, InstanceId: instance.id, ClientToken: clientToken };
  return createHash("sha256")
    .update(canonicalize(content) ?? "")
    .digest("hex");
}
