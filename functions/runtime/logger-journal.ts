import type { Logger } from "@aws-lambda-powertools/logger";
import type { Journal, JournalEntry } from "#shared/worker/ports/journal.ts";

/** Writes what the worker tells as structured log lines: a constant text, and keys from the fixed list of JournalEntry. */
export class LoggerJournal implements Journal {
  readonly #logger: Logger;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  note({ text, level, ...facts }: JournalEntry): void {
    this.#logger[level](text, facts);
  }

  /** Tells that the rate limiter could not reach its shared buckets. */
  noteOutage(operation: string, fault: string): void {
    this.#logger.warn("Rate buckets could not be reached", { operation, fault });
  }
}
