import type { FedRow } from "./feed-range.ts";

/** A row that may be on no queue. */
export type RowNotSent = Extract<FedRow, { readonly kind: "failed" }>;

/** What is kept of the rows of a range while it is fed: the refused ones, and the first that was not sent. */
export class FedRows {
  readonly #refused: string[] = [];
  #notSent: RowNotSent | undefined;

  take(row: FedRow): void {
    if (row.kind === "failed") this.#notSent ??= row;
    if (row.kind !== "refused") return;
    const { line, key, reasons } = row;
    this.#refused.push(`${JSON.stringify({ line, key, reasons })}\n`);
  }

  /** Undefined while every row is sent or refused. */
  get notSent(): RowNotSent | undefined {
    return this.#notSent;
  }

  /** A JSON object a line, `{line, key, reasons}`, in the order in which the rows were told. */
  get refusedLines(): string {
    return this.#refused.join("");
  }
}
