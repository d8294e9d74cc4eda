import * as z from "zod";
import { OPERATIONS, type Operation } from "#shared/contract/operation.ts";
import type { JournalEntry } from "#shared/worker/ports/journal.ts";

const CALL_FAILED: JournalEntry["text"] = "Call failed";

const callThrottled = z.object({
  message: z.literal(CALL_FAILED),
  operation: z.enum(OPERATIONS),
  kind: z.literal("throttled"),
});

/** Counts, by what the workers log, the calls that were refused because they came too fast. */
export class ThrottlesInLog {
  readonly #throttled = new Map<Operation, number>();

  /** Takes a line that a function has logged. */
  note(line: string): void {
    const entry = callThrottled.safeParse(parsed(line)).data;
    if (entry !== undefined) this.#throttled.set(entry.operation, this.of(entry.operation) + 1);
  }

  of(operation: Operation): number {
    return this.#throttled.get(operation) ?? 0;
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
