import type { ContactRequest } from "#shared/contract/contact-request.ts";
import type { Operation } from "#shared/contract/operation.ts";
import {
  aChatRequest,
  anEmailContactRequest,
  anOutboundEmailContactRequest,
  anOutboundEmailRequest,
  aTaskRequest,
} from "#test/support/a-contact-request.ts";

const BUILDERS = {
  StartEmailContact: anEmailContactRequest,
  StartOutboundEmailContact: anOutboundEmailContactRequest,
  CreateContact: aTaskRequest,
  StartOutboundChatContact: aChatRequest,
  OutboundEmail: anOutboundEmailRequest,
};

/** A valid request for any operation, with only what must be there. */
export const aRequestFor = (operation: Operation, requestId: string): ContactRequest =>
  BUILDERS[operation]({ requestId });
