/** What Connect counts open contacts by. */
export type ContactKind = "chat" | "email" | "task" | "voice";

/** The kinds whose open contacts have a cap. */
export const CAPPED_KINDS = ["chat", "email", "task"] as const;
