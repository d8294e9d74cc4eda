import type { ContactKind } from "./contact-kind.ts";
import { type JsonObject, memberAt } from "./json-object.ts";
import type { StartingRules } from "./operation-rules.ts";

/** Which ways of initiation each channel has, and whom it counts among. The enum has CHAT too, but the operation does not support it. */
const CHANNELS: Readonly<Record<string, { readonly kind: ContactKind; readonly methods: readonly unknown[] }>> = {
  EMAIL: { kind: "email", methods: ["OUTBOUND", "AGENT_REPLY", "FLOW"] },
  TASK: { kind: "task", methods: ["API"] },
  VOICE: { kind: "voice", methods: ["TRANSFER"] },
};

export const createContact: StartingRules = {
  kind: "starts-a-contact",
  name: "CreateContact",
  tokenConflict: "IdempotencyException",
  overCap: "ServiceQuotaExceededException",
  brokenRule,
  contactKind: (input) => channelOf(input)?.kind ?? "voice",
  stateAtStart: (input) => (input["InitiateAs"] === "COMPLETED" ? "ended" : "open"),
  continues: () => undefined,
  answer: ({ contactId, contactArn }) => ({ ContactId: contactId, ContactArn: contactArn }),
};

const channelOf = (input: JsonObject) => CHANNELS[String(input["Channel"])];

function brokenRule(input: JsonObject): string | undefined {
  const channel = channelOf(input);
  if (channel === undefined) return "Channel CHAT is not supported";
  if (!channel.methods.includes(input["InitiationMethod"])) {
    return `InitiationMethod must be ${channel.methods.join(" or ")} for this Channel`;
  }
  const hasUser = memberAt(input, "UserInfo", "UserId") !== undefined;
  if (channel.kind === "email" && input["InitiationMethod"] !== "FLOW" && !hasUser) {
    return "UserInfo.UserId is required for EMAIL with OUTBOUND and AGENT_REPLY";
  }
  if (input["InitiateAs"] === "COMPLETED" && channel.kind !== "task") return "InitiateAs COMPLETED is for tasks only";
  return undefined;
}
