import { type PerOperation, perOperation } from "./per-operation.ts";
import type { ThrottlesInLog } from "./throttles-in-log.ts";
import type { ToldOutcome } from "./told-outcomes.ts";

/** What Amazon Connect, or what stands in for it, did for one operation. */
export interface ConnectCounts {
  /** Contacts that were made. */
  readonly contacts: number;
  /** Outcomes that told of a contact once more: of a repeated request, or of an event that came twice. */
  readonly repeats: number;
  /** Calls that were refused because they came too fast. */
  readonly throttled: number;
}

/** Counts by what the workers tell, so that it is right for any Connect. */
export const connectCounts = (
  outcomes: readonly ToldOutcome[],
  throttles: ThrottlesInLog,
): PerOperation<ConnectCounts> =>
  perOperation((operation) => {
    const started = outcomes.filter((outcome) => outcome.operation === operation && outcome.contactId !== null);
    const contacts = new Set(started.map(({ contactId }) => contactId)).size;
    return { contacts, repeats: started.length - contacts, throttled: throttles.of(operation) };
  });
