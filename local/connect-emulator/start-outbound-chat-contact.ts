import { type JsonObject, memberAt } from "./json-object.ts";
import type { StartingRules } from "./operation-rules.ts";

const CONTENT_LIMIT_BYTES = 16_384;

export const startOutboundChatContact: StartingRules = {
  kind: "starts-a-contact",
  name: "StartOutboundChatContact",
  // It declares no IdempotencyException.
  tokenConflict: "ConflictException",
  overCap: "LimitExceededException",
  brokenRule,
  contactKind: () => "chat",
  stateAtStart: () => "open",
  continues: () => undefined,
  answer: ({ contactId }) => ({ ContactId: contactId }),
};

function brokenRule(input: JsonObject): string | undefined {
  if (memberAt(input, "SourceEndpoint", "Type") !== "CONNECT_PHONENUMBER_ARN") {
    return "SourceEndpoint.Type must be CONNECT_PHONENUMBER_ARN";
  }
  if (memberAt(input, "DestinationEndpoint", "Type") !== "TELEPHONE_NUMBER") {
    return "DestinationEndpoint.Type must be TELEPHONE_NUMBER";
  }
  const subtype = memberAt(input, "SegmentAttributes", "connect:Subtype", "ValueString");
  if (subtype !== "connect:SMS" && subtype !== "connect:WhatsApp") {
    return "SegmentAttributes must say connect:Subtype = connect:SMS or connect:WhatsApp";
  }
  if (input["InitialSystemMessage"] !== undefined && input["InitialTemplatedSystemMessage"] !== undefined) {
    return "InitialSystemMessage and InitialTemplatedSystemMessage do not go together";
  }
  const content = memberAt(input, "InitialSystemMessage", "Content");
  if (typeof content === "string" && Buffer.byteLength(content) > CONTENT_LIMIT_BYTES) {
    return `InitialSystemMessage.Content must have at most ${CONTENT_LIMIT_BYTES} bytes`;
  }
  return undefined;
}
