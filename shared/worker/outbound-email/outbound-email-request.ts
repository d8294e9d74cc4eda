import type { ContactRequest } from "../../contract/contact-request.ts";

export type OutboundEmailRequest = Extract<ContactRequest, { operation: "OutboundEmail" }>;
