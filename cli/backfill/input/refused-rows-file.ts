import { once } from "node:events";
import { createWriteStream, type WriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import type { RefusedRow } from "#shared/backfill/candidate-row.ts";
import { CommandError } from "../../command-error.ts";
import { userPath } from "../../user-path.ts";
import { errorCode } from "./error-code.ts";

/** A file of refused rows, a JSON object a line. It takes its place when it is complete, and not before. */
export class RefusedRowsFile {
  readonly #path: string;
  readonly #stream: WriteStream;

  private constructor(path: string, stream: WriteStream) {
    this.#path = path;
    this.#stream = stream;
  }

  /** Rejects with a CommandError where it cannot be written. */
  static async create(given: string): Promise<RefusedRowsFile> {
    const path = userPath(given);
    const stream = createWriteStream(partOf(path), { flags: "w" });
    try {
      await once(stream, "open");
    } catch (error) {
      throw new CommandError(`${given} cannot be written (${errorCode(error)}): give another path to --refused.`, {
        cause: error,
      });
    }
    return new RefusedRowsFile(path, stream);
  }

  /** Resolves at once, or when the disk has caught up. */
  add({ line, key, reasons }: RefusedRow): void | Promise<void> {
    if (this.#stream.write(`${JSON.stringify({ line, key, reasons })}\n`)) return undefined;
    return once(this.#stream, "drain").then(() => undefined);
  }

  async complete(): Promise<void> {
    this.#stream.end();
    await once(this.#stream, "close");
    await rename(partOf(this.#path), this.#path);
  }

  async discard(): Promise<void> {
    this.#stream.destroy();
    await rm(partOf(this.#path), { force: true });
  }
}

const partOf = (path: string): string => `${path}.partial`;
