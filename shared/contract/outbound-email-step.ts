/**
 * The name of a step of an outbound e-mail in ledger and client token: `OutboundEmail/CreateContact` for the first draft
 * of a request, `OutboundEmail/CreateContact/2` for the one after it.
 */
export const outboundEmailStep = (api: "CreateContact" | "StartOutboundEmailContact", draft: number): string =>
  draft === 1 ? `OutboundEmail/${api}` : `OutboundEmail/${api}/${draft}`;
