import { outboundEmailStep } from "../../contract/outbound-email-step.ts";
import type { AcceptedRequest } from "../accepted-request.ts";
import type { LedgerKey } from "../ports/ledger-store.ts";

/** Where the ledger keeps a draft of the request. */
export const draftKey = ({ request, instance }: AcceptedRequest, number: number): LedgerKey => ({
  instanceId: instance.id,
  operation: outboundEmailStep("CreateContact", number),
  requestId: request.requestId,
});
