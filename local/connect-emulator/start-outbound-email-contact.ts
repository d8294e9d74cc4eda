import { type JsonObject, memberAt } from "./json-object.ts";
import type { StartingRules } from "./operation-rules.ts";

export const startOutboundEmailContact: StartingRules = {
  kind: "starts-a-contact",
  name: "StartOutboundEmailContact",
  tokenConflict: "IdempotencyException",
  overCap: "ServiceQuotaExceededException",
  brokenRule,
  contactKind: () => "email",
  stateAtStart: () => "open",
  continues: (input) => {
    const contactId = input["ContactId"];
    return typeof contactId === "string" ? contactId : undefined;
  },
  answer: ({ contactId }) => ({ ContactId: contactId }),
};

function brokenRule(input: JsonObject): string | undefined {
  const isRaw = memberAt(input, "EmailMessage", "MessageSourceType") === "RAW";
  const source = isRaw ? "RAW" : "TEMPLATE";
  const needed = isRaw ? "RawMessage" : "TemplatedMessageConfig";
  const unwanted = isRaw ? "TemplatedMessageConfig" : "RawMessage";
  if (memberAt(input, "EmailMessage", needed) === undefined) {
    return `EmailMessage.${needed} is required where MessageSourceType is ${source}`;
  }
  if (memberAt(input, "EmailMessage", unwanted) !== undefined) {
    return `EmailMessage.${unwanted} does not go with MessageSourceType ${source}`;
  }
  return undefined;
}
