import type { Delivery } from "#shared/worker/delivery.ts";

/** The first delivery of a message that was sent a second ago. */
export function aDelivery(overrides: Partial<Delivery> & { readonly request?: unknown } = {}): Delivery {
  const { request, ...rest } = overrides;
  return {
    messageId: "5fea7756-0ea4-451a-a703-a558b933e274",
    body: JSON.stringify(request ?? {}),
    messageAttributes: {},
    queue: "contact-requests-CreateContact-live",
    lane: "live",
    sentAtMs: Date.parse("2026-11-20T11:59:59Z"),
    firstReceivedAtMs: Date.parse("2026-11-20T12:00:00Z"),
    receiveCount: 1,
    ...rest,
  };
}
