import type { CallFailure } from "../../failures/call-failure.ts";
import type { AcceptedRequest } from "../accepted-request.ts";

/** Amazon Connect, for the one operation of a worker. */
export interface Connect {
  /** Makes one call, without retries of its own. Never rejects for what Connect or the wire does. */
  start(accepted: AcceptedRequest, timeoutMs: number): Promise<CallAnswer>;
}

export type CallAnswer =
  | { readonly kind: "started"; readonly contactId: string }
  | { readonly kind: "failed"; readonly failure: CallFailure };
