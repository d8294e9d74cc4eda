import { createHash } from "node:crypto";

export interface ClientTokenParts {
  /** The id of the Connect instance, never its ARN. */
  readonly instanceId: string;
  /** Or the step of one: `OutboundEmail/CreateContact`. */
  readonly operation: string;
  readonly requestId: string;
}

/**
 * The `ClientToken` under which every call for one request is made: 64 hexadecimal characters.
 * The content is not in it, so that the same request id with other content collides in Connect and does not slip through.
 * The parts are encoded as JSON, so that no two different requests join to the same text.
 */
export function clientToken({ instanceId, operation, requestId }: ClientTokenParts): string {
  return createHash("sha256")
    .update(JSON.stringify(["v1", instanceId, operation, requestId]))
    .digest("hex");
}
