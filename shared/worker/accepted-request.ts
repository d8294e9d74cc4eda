import type { ConnectInstance } from "../connect-instance.ts";
import type { ContactRequest } from "../contract/contact-request.ts";

/** A contact request that fulfils the contract, on an instance that the deployment serves. */
export interface AcceptedRequest {
  readonly request: ContactRequest;
  readonly instance: ConnectInstance;
  /** What tells this request from another one under the same requestId. */
  readonly contentHash: string;
}
