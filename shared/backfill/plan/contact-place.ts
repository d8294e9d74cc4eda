import type { ContactRequest } from "../../contract/contact-request.ts";
import type { CappedKind } from "./plan-terms.ts";

const DAY_MINUTES = 24 * 60;

/** How long a contact keeps its place if nobody works on it: https://docs.aws.amazon.com/connect/latest/adminguide/amazon-connect-service-limits.html */
const EMAIL_MINUTES = 14 * DAY_MINUTES;
const TASK_MINUTES = 7 * DAY_MINUTES;
const CHAT_MINUTES = 25 * 60;

/** The place that a contact takes among those of its kind that are open. */
export interface ContactPlace {
  readonly kind: CappedKind;
  /** How long it keeps it at most. */
  readonly minutes: number;
}

/** The place that a request's contact will take; nothing where it takes none, or where its kind has no cap. */
export function contactPlace(request: ContactRequest): ContactPlace | undefined {
  switch (request.operation) {
    case "StartEmailContact":
    case "OutboundEmail":
      return { kind: "email", minutes: EMAIL_MINUTES };
    // It is sent on a contact that is there already.
    case "StartOutboundEmailContact":
      return undefined;
    case "StartOutboundChatContact":
      return { kind: "chat", minutes: request.input.ChatDurationInMinutes ?? CHAT_MINUTES };
    case "CreateContact":
      return createdPlace(request.input);
  }
}

function createdPlace({
  Channel,
  InitiateAs,
}: Extract<ContactRequest, { operation: "CreateContact" }>["input"]): ContactPlace | undefined {
  switch (Channel) {
    case "EMAIL":
      return { kind: "email", minutes: EMAIL_MINUTES };
    case "TASK":
      return InitiateAs === "COMPLETED" ? undefined : { kind: "task", minutes: TASK_MINUTES };
    case "VOICE":
      return undefined;
  }
}
