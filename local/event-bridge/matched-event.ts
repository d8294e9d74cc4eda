import type { EventEnvelope } from "./event-envelope.ts";

/** An event that a rule has matched, on its way to the rule's targets. */
export interface MatchedEvent {
  readonly event: EventEnvelope;
  readonly rule: { readonly name: string; readonly arn: string };
  /** When the bus received it; ISO 8601. */
  readonly ingestionTime: string;
}
