import * as z from "zod";
import { OPERATIONS, type Operation } from "#shared/contract/operation.ts";
import type { JournalEntry } from "#shared/worker/ports/journal.ts";
import type { ConnectCounts } from "./connect-counts.ts";
import { type PerOperation, perOperation } from "./per-operation.ts";

const text = (message: JournalEntry["text"]) => z.literal(message);

const contactStarted = z.object({
  message: text("Contact started"),
  operation: z.enum(OPERATIONS),
  contactId: z.string(),
});
const startedBefore = z.object({ message: text("Contact was started before"), operation: z.enum(OPERATIONS) });
const callThrottled = z.object({
  message: text("Call failed"),
  operation: z.enum(OPERATIONS),
  kind: z.literal("throttled"),
});

/** Counts by what the workers log. For a Connect that cannot be asked, since it is not our emulator. */
export class ContactsInLog {
  readonly #started = new Map<Operation, string[]>();
  readonly #startedBefore = new Map<Operation, number>();
  readonly #throttled = new Map<Operation, number>();

  /** Takes a line that a function has logged. */
  note(line: string): void {
    const entry = parsed(line);
    const started = contactStarted.safeParse(entry).data;
    if (started !== undefined) {
      const contactIds = this.#started.get(started.operation) ?? [];
      this.#started.set(started.operation, [...contactIds, started.contactId]);
    }
    countOne(this.#startedBefore, startedBefore.safeParse(entry).data);
    countOne(this.#throttled, callThrottled.safeParse(entry).data);
  }

  /** How many requests were answered with the contact that the ledger has. */
  startedBefore(operation: Operation): number {
    return this.#startedBefore.get(operation) ?? 0;
  }

  counts(): PerOperation<ConnectCounts> {
    return perOperation((operation) => {
      const contactIds = this.#started.get(operation) ?? [];
      const contacts = new Set(contactIds).size;
      const repeats = contactIds.length - contacts + this.startedBefore(operation);
      return { contacts, repeats, throttled: this.#throttled.get(operation) ?? 0 };
    });
  }
}

function countOne(counts: Map<Operation, number>, entry: { readonly operation: Operation } | undefined): void {
  if (entry !== undefined) counts.set(entry.operation, (counts.get(entry.operation) ?? 0) + 1);
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // Node itself writes lines that are no log entries.
    return undefined;
  }
}
