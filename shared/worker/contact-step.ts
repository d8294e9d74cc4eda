import type { ContactRequest } from "../contract/contact-request.ts";
import type { AcceptedRequest } from "./accepted-request.ts";
import type { ContactStep } from "./step.ts";
import { tokenInForce } from "./token-in-force.ts";

/** A request that takes one call. */
export type SingleCallRequest = Exclude<ContactRequest, { operation: "OutboundEmail" }>;

/** The one step of a request that takes one call. */
export function contactStep(request: SingleCallRequest, { instance }: AcceptedRequest): ContactStep {
  const { operation, requestId, input } = request;
  return {
    makes: "contact",
    api: operation,
    ledgerKey: { instanceId: instance.id, operation, requestId },
    clientToken: tokenInForce(input.ClientToken, { instance, operation, requestId }),
    ...(operation === "CreateContact" && { channel: input.Channel }),
  };
}
