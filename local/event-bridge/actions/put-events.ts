import * as z from "zod";
import { checkEntry } from "../check-entry.ts";
import { entrySizeBytes } from "../entry-size.ts";
import { eventTime } from "../event-envelope.ts";
import { type EventsPlace, eventsAction } from "../events-action.ts";
import { EventsError } from "../events-error.ts";
import { type PutEntry, putEntry } from "../put-entry.ts";

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
const MOST_BYTES = 1_048_576;

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html */
export const putEvents = eventsAction(z.object({ Entries: z.array(putEntry).min(1).max(10) }), ({ Entries }, place) => {
  if (Entries.reduce((sum, entry) => sum + entrySizeBytes(entry), 0) > MOST_BYTES) {
    throw new EventsError("ValidationException", "Total size of the entries in the request is over the limit.");
  }
  const answers = Entries.map((entry) => put(entry, place));
  return { FailedEntryCount: answers.filter((answer) => "ErrorCode" in answer).length, Entries: answers };
});

type EntryAnswer = { readonly EventId: string } | { readonly ErrorCode: string; readonly ErrorMessage: string };

function put(entry: PutEntry, { identity, faults, now, newEventId, accept }: EventsPlace): EntryAnswer {
  const checked = checkEntry(entry);
  if (!checked.ok) return { ErrorCode: checked.ErrorCode, ErrorMessage: checked.ErrorMessage };
  if (faults.entryFails()) {
    return { ErrorCode: "InternalFailure", ErrorMessage: "A fault that was asked for: the event was not put." };
  }
  const id = newEventId();
  accept(entry.EventBusName, {
    version: "0",
    id,
    "detail-type": checked.detailType,
    source: checked.source,
    account: identity.accountId,
    time: eventTime(entry.Time === undefined ? now() : entry.Time * 1000),
    region: identity.region,
    resources: entry.Resources,
    detail: checked.detail,
  });
  return { EventId: id };
}
