/** The Amazon Connect operations that a contact request can ask for, by the names of the Connect API. */
export const OPERATIONS = [
  "StartEmailContact",
  "StartOutboundEmailContact",
  "CreateContact",
  "StartOutboundChatContact",
] as const;

export type Operation = (typeof OPERATIONS)[number];
