import type { ContactStarted } from "#shared/outcomes/contact-started.ts";
import type { Outcome } from "#shared/outcomes/outcome.ts";
import { AN_INSTANCE } from "./a-worker.ts";

/** That a task was started. */
export const anOutcome = (detail: Partial<ContactStarted> = {}): Outcome => ({
  detailType: "Contact Started",
  detail: {
    requestId: "billing/order-4711-callback",
    source: "billing",
    operation: "CreateContact",
    instanceId: AN_INSTANCE.id,
    contactId: "contact-1",
    attempts: 1,
    repeated: false,
    at: "2026-11-20T12:00:00.000Z",
    ...detail,
  },
});
