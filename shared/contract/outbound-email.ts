import * as z from "zod";
import { createContactInput } from "./create-contact.ts";
import { EMAIL_CONTACT_RULES } from "./email-contact-rules.ts";
import { instanceId } from "./fields/instance-id.ts";
import { startOutboundEmailContactInput } from "./start-outbound-email-contact.ts";

const { InstanceId: _instanceOfDraft, ...draft } = createContactInput.shape;
const { InstanceId: _instanceOfSending, ContactId: _draftsOwn, ...sending } = startOutboundEmailContactInput.shape;

/**
 * An outbound e-mail as one request: the draft that CreateContact makes, and what StartOutboundEmailContact sends on it.
 * Both are written as Connect takes them, but for what the other part or the request says: the instance stands once, beside
 * them, and the ContactId of the sending is the draft's.
 */
export const outboundEmailInput = z.strictObject({
  InstanceId: instanceId.optional(),
  CreateContact: z
    .strictObject({
      ...draft,
      Channel: z.literal("EMAIL"),
      InitiationMethod: z.enum(["OUTBOUND", "AGENT_REPLY", "FLOW"]),
    })
    .check(...EMAIL_CONTACT_RULES),
  StartOutboundEmailContact: z.strictObject(sending),
});
