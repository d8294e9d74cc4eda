import type { ConnectInstance } from "../connect-instance.ts";
import type { ContactRequest } from "../contract/contact-request.ts";
import { outboundEmailStep } from "../contract/outbound-email-step.ts";
import { FIRST_DRAFT } from "../ledger/draft-of.ts";
import { tokenInForce } from "./token-in-force.ts";

/**
 * What a request asks Connect for, to be told from other content under the same requestId: its input as it was written, on
 * the instance by its id and under the tokens in force. Whichever draft of an outbound e-mail it is, the content is the same.
 */
export function contentOf(request: ContactRequest, instance: ConnectInstance): object {
  const { input, operation, requestId } = request;
  if (operation !== "OutboundEmail") {
    return {
      ...input,
      InstanceId: instance.id,
      ClientToken: tokenInForce(input.ClientToken, { instance, operation, requestId }),
    };
  }
  const part = <Name extends "CreateContact" | "StartOutboundEmailContact">(name: Name) => {
    const parts = { instance, operation: outboundEmailStep(name, FIRST_DRAFT), requestId };
    return { ...input[name], ClientToken: tokenInForce(input[name].ClientToken, parts) };
  };
  return {
    ...input,
    InstanceId: instance.id,
    CreateContact: part("CreateContact"),
    StartOutboundEmailContact: part("StartOutboundEmailContact"),
  };
}
