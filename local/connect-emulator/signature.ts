import type { IncomingMessage } from "node:http";
import { type Refusal, refused } from "./answer.ts";

/** The refusal of a request that carries no signature. Whether a signature is right is not checked: nobody here has secrets. */
export function refusalForSignature(request: IncomingMessage): Refusal | undefined {
  const header = request.headers.authorization;
  if (header === undefined) {
    const isPresigned = new URLSearchParams(request.url?.split("?")[1]).has("X-Amz-Signature");
    return isPresigned ? undefined : refused("MissingAuthenticationTokenException", "Missing Authentication Token");
  }
  const isComplete =
    header.startsWith("AWS4-") &&
    ["Credential=", "SignedHeaders=", "Signature="].every((part) => header.includes(part));
  if (isComplete) return undefined;
  return refused(
    "IncompleteSignatureException",
    "The Authorization header must be AWS4-HMAC-SHA256 with Credential, SignedHeaders and Signature",
  );
}
