import type { IncomingMessage } from "node:http";

/** Who signed a request, and for which service. */
export interface Credential {
  readonly accessKeyId: string;
  readonly service: string;
}

/**
 * Out of the credential scope KEY/DATE/REGION/SERVICE/aws4_request in the Authorization header, or in the query of a
 * pre-signed URL; undefined for an unsigned request. The signature itself is not checked: any secret will do on this
 * machine. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-signing-elements.html
 */
export function credentialOf(request: IncomingMessage): Credential | undefined {
  const header = /Credential=([^,\s]+)/.exec(request.headers.authorization ?? "")?.[1];
  if (header !== undefined) return parsed(header);
  const query = new URLSearchParams(request.url?.split("?", 2)[1]);
  // The older signature names no service, and S3 alone still takes it; boto3 pre-signs with it in us-east-1.
  const accessKeyId = query.get("AWSAccessKeyId");
  if (accessKeyId !== null && query.has("Signature")) return { accessKeyId, service: "s3" };
  return parsed(query.get("X-Amz-Credential") ?? "");
}

function parsed(scope: string): Credential | undefined {
  const parts = scope.split("/");
  const [service, terminator] = parts.slice(-2);
  if (terminator !== "aws4_request" || service === undefined) return undefined;
  return { accessKeyId: parts.slice(0, -4).join("/"), service };
}
