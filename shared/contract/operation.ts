/** The calls of the Amazon Connect API that make a contact or send on one, by the names of that API. */
export const CONNECT_APIS = [
  "StartEmailContact",
  "StartOutboundEmailContact",
  "CreateContact",
  "StartOutboundChatContact",
] as const;

export type ConnectApi = (typeof CONNECT_APIS)[number];

/** What a contact request can ask for: one call of Connect, or an outbound e-mail, which takes two. */
export const OPERATIONS = [...CONNECT_APIS, "OutboundEmail"] as const;

export type Operation = (typeof OPERATIONS)[number];
