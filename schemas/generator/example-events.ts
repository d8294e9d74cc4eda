import type { ContactRequestFailed } from "#shared/outcomes/contact-request-failed.ts";
import type { ContactStarted } from "#shared/outcomes/contact-started.ts";
import { OUTCOME_SOURCE } from "#shared/outcomes/outcome-entry.ts";

const INSTANCE_ID = "00000000-0000-4000-8000-000000000000";

const started: ContactStarted = {
  requestId: "billing/order-4711-reminder",
  source: "billing",
  operation: "StartOutboundChatContact",
  instanceId: INSTANCE_ID,
  contactId: "7c1a9a3e-52d5-4c55-9b6e-2f0f6a5b9f10",
  attempts: 1,
  repeated: false,
  at: "2026-11-30T09:00:02.417Z",
};

const requestFailed: ContactRequestFailed = {
  requestId: "billing/order-4712-reminder",
  source: "billing",
  operation: "StartOutboundChatContact",
  instanceId: INSTANCE_ID,
  failure: {
    code: "Expired",
    kind: "expired",
    message:
      "The request was not sent before its expiresAt. Send it again with a later expiresAt, if it is still wanted.",
  },
  contact: "none",
  attempts: 0,
  at: "2026-12-01T09:00:01.006Z",
};

/** One event for each outcome, as EventBridge delivers it. */
export const exampleEvents = {
  contactStarted: { source: OUTCOME_SOURCE, "detail-type": "Contact Started", detail: started },
  contactRequestFailed: { source: OUTCOME_SOURCE, "detail-type": "Contact Request Failed", detail: requestFailed },
} as const;
