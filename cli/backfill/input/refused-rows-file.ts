import type { RefusedRow } from "#shared/backfill/candidate-row.ts";
import { WholeFile } from "../files/whole-file.ts";

/** A write for each row would be felt. In UTF-16 code units. */
const MOST_WAITING = 64 * 1024;

/** A file of refused rows, a JSON object a line. It takes its place when it is complete, and not before. */
export class RefusedRowsFile {
  readonly #file: WholeFile;
  #waiting = "";

  private constructor(file: WholeFile) {
    this.#file = file;
  }

  /** Rejects with a CommandError where it cannot be written, as everything here does. */
  static async create(path: string): Promise<RefusedRowsFile> {
    return new RefusedRowsFile(await WholeFile.create(path));
  }

  /** Resolves at once, or when the disk has caught up. */
  add({ line, key, reasons }: Omit<RefusedRow, "kind">): void | Promise<void> {
    this.#waiting += `${JSON.stringify({ line, key, reasons })}\n`;
    return this.#waiting.length < MOST_WAITING ? undefined : this.#write();
  }

  async complete(): Promise<void> {
    await this.#write();
    await this.#file.finish();
  }

  async discard(): Promise<void> {
    await this.#file.discard();
  }

  async #write(): Promise<void> {
    const lines = this.#waiting;
    this.#waiting = "";
    await this.#file.write(lines);
  }
}
