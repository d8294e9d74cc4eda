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
const callThrottled = z.object({
  message: text("Call failed"),
  operation: z.enum(OPERATIONS),
  kind: z.literal("throttled"),
});

/** Counts by what the workers log. For a Connect that cannot be asked, since it is not our emulator. */
export class ContactsInLog {
  readonly #started = new Map<Operation, string[]>();
  readonly #throttled = new Map<Operation, number>();

  /** Takes a line that a function has logged. */
  note(line: string): void {
    const entry = parsed(line);
    const started = contactStarted.safeParse(entry).data;
    if (started !== undefined) {
      const contactIds = this.#started.get(started.operation) ?? [];
      this.#started.set(started.operation, [...contactIds, started.contactId]);
    }
    const throttled = callThrottled.safeParse(entry).data;
    if (throttled === undefined) return;
    this.#throttled.set(throttled.operation, (this.#throttled.get(throttled.operation) ?? 0) + 1);
  }

  counts(): PerOperation<ConnectCounts> {
    return perOperation((operation) => {
      const contactIds = this.#started.get(operation) ?? [];
      const contacts = new Set(contactIds).size;
      return { contacts, repeats: contactIds.length - contacts, throttled: this.#throttled.get(operation) ?? 0 };
    });
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // Node itself writes lines that are no log entries.
    return undefined;
  }
}
