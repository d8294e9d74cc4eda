import type { PacedApi } from "../../contract/paced-api.ts";
import type { Lane } from "../../contract/queue-name.ts";
import type { FailureKind } from "../../failures/failure.ts";

/** What the worker tells about a delivery. The texts are constant, and no field takes anything else of a request. */
export interface JournalEntry {
  readonly text:
    | "Contact started"
    /** The request has another contact already. */
    | "Second contact started"
    | "Contact was started before"
    | "Contact request dead-lettered"
    /** Its backfill was: no contact, and no dead letter. */
    | "Contact request cancelled"
    | "Draft made"
    | "Draft ended"
    /** Nothing is sent on it, and it stays open in Connect. */
    | "Draft could not be ended"
    | "Call failed"
    | "Contact request returned to the queue"
    | "Dead letter could not be sent"
    | "Outcome event could not be put"
    | "Contact request met a fault";
  readonly level: "info" | "warn" | "error";
  readonly messageId: string;
  readonly operation: string;
  /** The API that was called, where the operation takes several. */
  readonly api?: PacedApi;
  readonly lane: Lane;
  readonly requestId?: string;
  readonly source?: string;
  readonly contactId?: string;
  readonly otherContactId?: string;
  readonly kind?: FailureKind;
  readonly code?: string;
  readonly attempts?: number;
  readonly delayMs?: number;
  readonly durationMs?: number;
  /** Where in our code a fault came from; never its message. */
  readonly fault?: string;
}

export interface Journal {
  note(entry: JournalEntry): void;
}
