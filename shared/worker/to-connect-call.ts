import type { ContactRequest } from "../contract/contact-request.ts";
import type { ConnectCall } from "./connect-call.ts";
import type { OutboundEmailRequest } from "./outbound-email/outbound-email-request.ts";
import type { Step } from "./step.ts";

/** The call that a step of this request makes. */
export function toConnectCall(request: ContactRequest, step: Step): ConnectCall {
  const identity = { InstanceId: step.ledgerKey.instanceId, ClientToken: step.clientToken };
  switch (request.operation) {
    case "StartEmailContact":
      return { api: request.operation, input: { ...request.input, ...identity } };
    case "StartOutboundEmailContact":
      return { api: request.operation, input: { ...request.input, ...identity } };
    case "CreateContact":
      return { api: request.operation, input: { ...request.input, ...identity } };
    case "StartOutboundChatContact":
      return { api: request.operation, input: { ...request.input, ...identity } };
    case "OutboundEmail":
      return callOfEmail(request, step, identity);
  }
}

function callOfEmail(
  { input }: OutboundEmailRequest,
  step: Step,
  identity: { readonly InstanceId: string; readonly ClientToken: string },
): ConnectCall {
  if (step.makes === "draft") return { api: "CreateContact", input: { ...input.CreateContact, ...identity } };
  if (step.makes === "contact" || step.draft === undefined) {
    throw new TypeError("An outbound e-mail was to be sent without a draft.");
  }
  const ContactId = step.draft.contactId;
  return { api: "StartOutboundEmailContact", input: { ...input.StartOutboundEmailContact, ContactId, ...identity } };
}
