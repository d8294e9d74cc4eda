import type { IncomingMessage } from "node:http";

/**
 * The service that a request was signed for (`sqs`, `s3`, `connect`, …), out of the credential scope
 * KEY/DATE/REGION/SERVICE/aws4_request in the Authorization header, or in the query of a pre-signed URL; undefined for an
 * unsigned request. The signature itself is not checked: any key will do on this machine.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-signing-elements.html
 */
export function signedService(request: IncomingMessage): string | undefined {
  const header = /Credential=([^,\s]+)/.exec(request.headers.authorization ?? "")?.[1];
  if (header !== undefined) return serviceIn(header);
  const query = new URLSearchParams(request.url?.split("?", 2)[1]);
  // The older signature names no service, and S3 alone still takes it; boto3 pre-signs with it in us-east-1.
  if (query.has("AWSAccessKeyId") && query.has("Signature")) return "s3";
  return serviceIn(query.get("X-Amz-Credential") ?? "");
}

function serviceIn(credential: string): string | undefined {
  const [service, terminator] = credential.split("/").slice(-2);
  return terminator === "aws4_request" ? service : undefined;
}
