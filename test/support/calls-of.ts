import { clientToken } from "#shared/client-token.ts";
import type { ContactRequest } from "#shared/contract/contact-request.ts";
import { outboundEmailStep } from "#shared/contract/outbound-email-step.ts";
import { AN_INSTANCE } from "./a-worker.ts";

/** One call that a request takes. */
interface CallOfRequest {
  readonly clientToken: string;
}

/** The calls that a request takes on the default instance, in order, where nothing is refused for certain. */
export function callsOf({ operation, requestId }: ContactRequest): readonly CallOfRequest[] {
  const call = (step: string): CallOfRequest => ({
    clientToken: clientToken({ instanceId: AN_INSTANCE.id, operation: step, requestId }),
  });
  if (operation !== "OutboundEmail") return [call(operation)];
  return [call(outboundEmailStep("CreateContact", 1)), call(outboundEmailStep("StartOutboundEmailContact", 1))];
}
