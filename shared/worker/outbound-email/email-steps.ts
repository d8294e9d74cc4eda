import { outboundEmailStep } from "../../contract/outbound-email-step.ts";
import { FIRST_DRAFT } from "../../ledger/draft-of.ts";
import type { AcceptedRequest } from "../accepted-request.ts";
import type { Draft, DraftStep, SendingStep } from "../step.ts";
import { tokenInForce } from "../token-in-force.ts";
import { draftKey } from "./draft-key.ts";
import type { OutboundEmailRequest } from "./outbound-email-request.ts";

/** The calls that an outbound e-mail takes. */
export class EmailSteps {
  readonly #request: OutboundEmailRequest;
  readonly #accepted: AcceptedRequest;

  constructor(request: OutboundEmailRequest, accepted: AcceptedRequest) {
    this.#request = request;
    this.#accepted = accepted;
  }

  /** The call that makes the draft of this number. */
  draft(number: number): DraftStep {
    return {
      makes: "draft",
      api: "CreateContact",
      ledgerKey: draftKey(this.#accepted, number),
      clientToken: this.#tokenOf("CreateContact", number),
      channel: this.#request.input.CreateContact.Channel,
    };
  }

  /** The call that sends on this draft; without one, what the ledger is asked about it. */
  sending(draft?: Draft): SendingStep {
    const { request, instance } = this.#accepted;
    // One item for all drafts: it is what keeps the e-mail from being sent on two of them.
    const operation = outboundEmailStep("StartOutboundEmailContact", FIRST_DRAFT);
    return {
      makes: "email",
      api: "StartOutboundEmailContact",
      ledgerKey: { instanceId: instance.id, operation, requestId: request.requestId },
      clientToken: this.#tokenOf("StartOutboundEmailContact", draft?.number ?? FIRST_DRAFT),
      ...(draft !== undefined && { draft }),
    };
  }

  /**
   * An upstream's own token is that of the first draft. Under it Connect would answer with that draft, which is ended when
   * another one is made; and what is sent on another draft is other content.
   */
  #tokenOf(api: "CreateContact" | "StartOutboundEmailContact", draft: number): string {
    const { requestId, input } = this.#request;
    const own = draft === FIRST_DRAFT ? input[api].ClientToken : undefined;
    return tokenInForce(own, {
      instance: this.#accepted.instance,
      operation: outboundEmailStep(api, draft),
      requestId,
    });
  }
}
