import type { FedRow } from "#shared/backfill/feed-range.ts";

/** What is kept of the rows of a range while it is fed: the refused ones, and why the first was not sent. */
export class RowsTold {
  readonly #refused: string[] = [];
  #firstFailure: string | undefined;

  take(row: FedRow): void {
    if (row.kind === "failed") this.#firstFailure ??= row.reason;
    if (row.kind !== "refused") return;
    const { line, key, reasons } = row;
    this.#refused.push(JSON.stringify({ line, key, reasons }));
  }

  /** A sentence that is safe to log. Undefined while every row is sent or refused. */
  get firstFailure(): string | undefined {
    return this.#firstFailure;
  }

  /** A JSON object a line, `{line, key, reasons}`, in the order in which the rows were told. */
  refusedLines(): string {
    return this.#refused.map((line) => `${line}\n`).join("");
  }
}
