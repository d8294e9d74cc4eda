import { memberAt } from "./json-object.ts";
import type { StartingRules } from "./operation-rules.ts";

export const startEmailContact: StartingRules = {
  kind: "starts-a-contact",
  name: "StartEmailContact",
  tokenConflict: "IdempotencyException",
  overCap: "ServiceQuotaExceededException",
  brokenRule: (input) =>
    memberAt(input, "EmailMessage", "RawMessage") === undefined
      ? "EmailMessage.RawMessage is required where MessageSourceType is RAW"
      : undefined,
  contactKind: () => "email",
  stateAtStart: () => "open",
  continues: () => undefined,
  answer: ({ contactId }) => ({ ContactId: contactId }),
};
