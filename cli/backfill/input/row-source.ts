import { createHash } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import type { OpenFile } from "#shared/backfill/input/input-start.ts";
import { CommandError } from "../../command-error.ts";
import { errorCode } from "../files/error-code.ts";

const CHUNK_BYTES = 64 * 1024;

interface Look {
  readonly size: bigint;
  readonly mtimeNs: bigint;
}

/**
 * A file that is read as often as it must be, and is the same each time: where it changes meanwhile, or cannot be read to its end, reading
 * it rejects with a CommandError. It stays open, so that a file put into its place is not noticed, and does not matter.
 */
export class RowSource {
  /** As it was given, or `stdin`. */
  readonly name: string;
  readonly bytes: number;
  readonly #handle: FileHandle;
  readonly #first: Look;
  #hash: string | undefined;

  private constructor(name: string, handle: FileHandle, first: Look) {
    this.name = name;
    this.bytes = Number(first.size);
    this.#handle = handle;
    this.#first = first;
  }

  /** Takes over the handle of a regular file. */
  static async of(name: string, handle: FileHandle): Promise<RowSource> {
    return new RowSource(name, handle, await handle.stat({ bigint: true }));
  }

  /** The SHA-256 of its bytes, in hex. Reads it where it was not read to its end before. */
  async hash(onBytes?: (count: number) => void): Promise<string> {
    if (this.#hash === undefined) for await (const chunk of this.#read()) onBytes?.(chunk.length);
    if (this.#hash === undefined) throw new Error("A file that was read to its end has no hash.");
    return this.#hash;
  }

  /** Reads it from its beginning; `onBytes` hears of every piece. */
  open(onBytes?: (count: number) => void): AsyncGenerator<Uint8Array, void> {
    return this.#read(onBytes);
  }

  /** The same as a function, for who reads it several times. */
  opener(onBytes?: (count: number) => void): OpenFile {
    return () => this.#read(onBytes);
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }

  async *#read(onBytes?: (count: number) => void): AsyncGenerator<Uint8Array, void> {
    await this.#requireUnchanged();
    const hash = createHash("sha256");
    for (let at = 0; at < this.bytes; ) {
      const chunk = await this.#chunkAt(at);
      hash.update(chunk);
      at += chunk.length;
      onBytes?.(chunk.length);
      yield chunk;
    }
    await this.#requireUnchanged();
    const digest = hash.digest("hex");
    this.#hash ??= digest;
    // A file may be written without its time of change being touched.
    if (this.#hash !== digest) throw this.#changed();
  }

  async #chunkAt(at: number): Promise<Uint8Array> {
    const buffer = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, this.bytes - at));
    const { bytesRead } = await this.#orUnreadable(() => this.#handle.read(buffer, 0, buffer.length, at));
    if (bytesRead === 0) throw this.#changed();
    return buffer.subarray(0, bytesRead);
  }

  async #requireUnchanged(): Promise<void> {
    const { size, mtimeNs } = await this.#orUnreadable(() => this.#handle.stat({ bigint: true }));
    if (size !== this.#first.size || mtimeNs !== this.#first.mtimeNs) throw this.#changed();
  }

  /** A disk may have a fault, and a file server go, while a file is open. */
  async #orUnreadable<Value>(look: () => Promise<Value>): Promise<Value> {
    try {
      return await look();
    } catch (error) {
      const problem = `${this.name} cannot be read to its end (${errorCode(error)})`;
      throw new CommandError(`${problem}: try again, or copy it to another place and name it there.`, { cause: error });
    }
  }

  #changed(): CommandError {
    return new CommandError(
      `${this.name} changed while it was read, and nothing of it has been sent. Wait until whatever writes it has ended, and start again.`,
    );
  }
}
