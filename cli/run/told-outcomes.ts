import * as z from "zod";
import type { Operation } from "#shared/contract/operation.ts";
import { contactRequestFailed } from "#shared/outcomes/contact-request-failed.ts";
import { contactStarted } from "#shared/outcomes/contact-started.ts";
import type { Outcome } from "#shared/outcomes/outcome.ts";

/** What the workers have told of one request on the event bus. */
export interface ToldOutcome {
  readonly operation: Operation;
  /** Null where its message does not say it legibly. */
  readonly requestId: string | null;
  /** Null where it is a dead letter. */
  readonly contactId: string | null;
}

const detailType = <Type extends Outcome["detailType"]>(type: Type) => z.literal(type);

const outcomeEvent = z.union([
  z
    .object({ "detail-type": detailType("Contact Started"), detail: contactStarted })
    .transform(({ detail: { operation, requestId, contactId } }) => ({ operation, requestId, contactId })),
  z
    .object({ "detail-type": detailType("Contact Request Failed"), detail: contactRequestFailed })
    .transform(({ detail: { operation, requestId } }) => ({ operation, requestId, contactId: null })),
]);

/** The outcomes among all events that were put on a bus, in their order. They come at least once each. */
export const toldOutcomes = (events: readonly { readonly event: unknown }[]): readonly ToldOutcome[] =>
  events.flatMap(({ event }) => outcomeEvent.safeParse(event).data ?? []);
