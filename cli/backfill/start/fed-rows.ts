import type { FedRow } from "#shared/backfill/feed-range.ts";

/** Why a range stopped: some of its rows may be on no queue. */
export interface RowNotSent {
  readonly reason: string;
  readonly isFinal: boolean;
}

/** What is kept of the rows of a range while it is fed. */
export class FedRows {
  readonly #refused: string[] = [];
  #notSent: RowNotSent | undefined;

  take(row: FedRow): void {
    if (row.kind === "failed") this.#notSent ??= row;
    if (row.kind !== "refused") return;
    const { line, key, reasons } = row;
    this.#refused.push(`${JSON.stringify({ line, key, reasons })}\n`);
  }

  /** The first that was not sent, if there is one. */
  get notSent(): RowNotSent | undefined {
    return this.#notSent;
  }

  /** The refused rows, a JSON object a line. */
  get refusedLines(): string {
    return this.#refused.join("");
  }
}
