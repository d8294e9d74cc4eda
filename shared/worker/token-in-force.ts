import { clientToken } from "../client-token.ts";
import type { ConnectInstance } from "../connect-instance.ts";

interface TokenParts {
  readonly instance: ConnectInstance;
  /** The operation, or the step of one. */
  readonly operation: string;
  readonly requestId: string;
}

/** The token of every call of one step: the upstream's own, or ours. */
export const tokenInForce = (own: string | undefined, { instance, operation, requestId }: TokenParts): string =>
  own ?? clientToken({ instanceId: instance.id, operation, requestId });
