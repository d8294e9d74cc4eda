import { createHash } from "node:crypto";

export interface FunctionCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** A key for each function, so that the endpoint can tell by the signature who is calling. */
export function functionCredentials(functionArn: string): FunctionCredentials {
  const digest = createHash("sha256").update(functionArn).digest("hex");
  return {
    accessKeyId: `ASIA${digest.slice(0, 16).toUpperCase()}`,
    secretAccessKey: digest.slice(16, 56),
    sessionToken: digest,
  };
}
